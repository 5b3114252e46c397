import type { OptionField } from '../platform'

/**
 * X API OpenAPI 2.167, CreatePostRequest, read 2026-11-25. Not offered: `quote_tweet_id`, which X has refused to
 * self-serve apps since 2026-04-20.
 */
export const options: readonly OptionField[] = [
  {
    name: 'reply_settings',
    label: 'Who can reply',
    required: false,
    preset: 'everyone',
    input: {
      kind: 'choice',
      choices: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'following', label: 'Accounts you follow' },
        { value: 'mentionedUsers', label: 'Accounts you mention' },
        { value: 'subscribers', label: 'Your subscribers' },
        { value: 'verified', label: 'Verified accounts' },
      ],
    },
  },
  {
    name: 'community',
    label: 'Community',
    hint: 'The number at the end of the community’s address. The account must be a member.',
    required: false,
    input: { kind: 'text', max: 19, form: { pattern: String.raw`\d+`, wants: 'the number of a community, in digits' } },
  },
  { name: 'made_with_ai', label: 'Made with AI', required: false, input: { kind: 'flag' } },
  { name: 'paid_partnership', label: 'Paid partnership', required: false, input: { kind: 'flag' } },
]
