import type { Choice, OptionField, Traits } from '../platform'

/** What is said by connecting: a page has followers. */
export const pageTraits: Traits = { page: true }

/** Posts API (learn.microsoft.com/linkedin/marketing), from memory and working client code: unverified, 2026-11-25. */
export const options: readonly OptionField[] = [
  {
    name: 'visibility',
    label: 'Who can see it',
    required: false,
    preset: 'PUBLIC',
    input: {
      kind: 'choice',
      choices: [
        { value: 'PUBLIC', label: 'Anyone' },
        { value: 'LOGGED_IN', label: 'Anyone on LinkedIn' },
        { value: 'CONNECTIONS', label: 'Connections only', hint: 'For people’s own posts, not for pages' },
      ],
    },
  },
  { name: 'no_reshare', label: 'Do not let others repost it', required: false, input: { kind: 'flag' } },
  {
    name: 'poll_question',
    label: 'Question of the poll',
    hint: 'The first line of the text when this is empty.',
    required: false,
    input: { kind: 'text', max: 140 },
  },
]

const closedToPages: Readonly<Record<string, string>> = {
  CONNECTIONS: 'A page has followers and no connections. Choose who else may see it.',
}

export const optionsFor = ({ page }: Traits): readonly OptionField[] =>
  page === true ? options.map((field) => ({ ...field, input: withClosed(field.input) })) : options

function withClosed(input: OptionField['input']): OptionField['input'] {
  if (input.kind !== 'choice') return input
  const choices = input.choices.map((choice): Choice => {
    const closed = closedToPages[choice.value]
    return closed ? { ...choice, closed } : choice
  })
  return { ...input, choices }
}
