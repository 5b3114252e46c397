import type { OptionField } from '../platform'

export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'Format',
    required: false,
    preset: 'post',
    input: {
      kind: 'choice',
      choices: [
        { value: 'post', label: 'Post', hint: 'Words, a picture, a video, or up to 20 of both' },
        { value: 'ghost', label: 'For a day', hint: 'Words alone, archived after 24 hours' },
      ],
    },
  },
  {
    name: 'reply_control',
    label: 'Who can reply',
    required: false,
    preset: 'everyone',
    formats: ['post'],
    input: {
      kind: 'choice',
      choices: [
        { value: 'everyone', label: 'Everyone' },
        { value: 'followers_only', label: 'Followers' },
        { value: 'accounts_you_follow', label: 'Profiles you follow' },
        { value: 'mentioned_only', label: 'Profiles you mention' },
        { value: 'parent_post_author_only', label: 'The author of the post it answers' },
      ],
    },
  },
  /** developers.facebook.com/docs/threads/create-posts/topic-tags; from memory, unverified. */
  {
    name: 'topic_tag',
    label: 'Topic',
    hint: 'One topic, 1 to 50 characters, without full stops and “&”.',
    required: false,
    formats: ['post'],
    input: {
      kind: 'text',
      /** 50, and the “#” that may stand before them and is taken off. */
      max: 51,
      form: {
        pattern: '#?[^.&#][^.&]{0,49}',
        wants: 'a topic’s name of 1 to 50 characters, without full stops and “&”',
      },
    },
  },
  {
    name: 'spoiler',
    label: 'Hide pictures and videos as a spoiler',
    required: false,
    formats: ['post'],
    input: { kind: 'flag' },
  },
]
