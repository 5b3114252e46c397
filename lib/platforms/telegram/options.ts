import type { OptionField } from '../platform'

/** What the Bot API 10.1 lets a sender say beside the text (sendMessage and its like), read 2026-11-25. */
export const options: readonly OptionField[] = [
  {
    name: 'format',
    label: 'How the text is written',
    required: false,
    preset: 'plain',
    input: {
      kind: 'choice',
      choices: [
        { value: 'plain', label: 'Plain text' },
        { value: 'html', label: 'HTML', hint: '<b>bold</b>, <i>italic</i>, <a href="…">links</a>, <code>code</code>' },
      ],
    },
  },
  {
    name: 'silent',
    label: 'Without a sound',
    hint: 'Subscribers get the post without a notification’s sound.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'protect',
    label: 'No forwarding or saving',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'pin',
    label: 'Pin it',
    hint: 'The bot needs the right to do that.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'preview',
    label: 'Link preview',
    required: false,
    preset: 'auto',
    input: {
      kind: 'choice',
      choices: [
        { value: 'auto', label: 'As Telegram likes' },
        { value: 'large', label: 'Large picture' },
        { value: 'small', label: 'Small picture' },
        { value: 'above', label: 'Above the text' },
        { value: 'none', label: 'None' },
      ],
    },
  },
  {
    name: 'captionAbove',
    label: 'Text above the pictures',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'spoiler',
    label: 'Hide media until opened',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'asFiles',
    label: 'Send files as they are',
    hint: 'Neither compressed nor shown as pictures.',
    required: false,
    preset: false,
    input: { kind: 'flag' },
  },
  {
    name: 'topic',
    label: 'Topic',
    hint: 'In a group with topics: the number after the group’s name in the topic’s link.',
    required: false,
    input: { kind: 'text', max: 12, form: { pattern: String.raw`[1-9]\d*`, wants: 'the number of a topic' } },
  },
]
