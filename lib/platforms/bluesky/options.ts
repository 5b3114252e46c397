import type { OptionField } from '../platform'

/** Lexicons of @atproto/api 0.21.0: app.bsky.feed.post, app.bsky.feed.threadgate, com.atproto.label.defs. */
export const options: readonly OptionField[] = [
  {
    name: 'replies',
    label: 'Who can reply',
    required: false,
    preset: 'everyone',
    input: {
      kind: 'choice',
      choices: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'followers', label: 'Your followers' },
        { value: 'following', label: 'People you follow' },
        { value: 'mentioned', label: 'People you mention' },
        { value: 'nobody', label: 'Nobody' },
      ],
    },
  },
  {
    name: 'warning',
    label: 'Content warning',
    required: false,
    preset: 'none',
    input: {
      kind: 'choice',
      choices: [
        { value: 'none', label: 'None' },
        { value: 'sexual', label: 'Suggestive' },
        { value: 'nudity', label: 'Nudity' },
        { value: 'porn', label: 'Adult content' },
        { value: 'graphic-media', label: 'Graphic media' },
      ],
    },
  },
  {
    name: 'languages',
    label: 'Languages',
    hint: 'Up to three, as codes: en, de, pt-BR. Readers filter by them.',
    required: false,
    /** `format: language` of the lexicon: a tag of BCP 47, of which this is the outer form. */
    input: {
      kind: 'tags',
      max: 3,
      maxEach: 35,
      form: {
        pattern: String.raw`[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*`,
        wants: 'codes of languages, as in en or pt-BR',
      },
    },
  },
  {
    name: 'tags',
    label: 'Tags that are not in the text',
    required: false,
    input: { kind: 'tags', max: 8, maxEach: 64 },
  },
]
