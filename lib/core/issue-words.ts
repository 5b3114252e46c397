import { z } from 'zod'

type Issue = z.core.$ZodRawIssue

const kinds: Readonly<Record<string, string>> = {
  string: 'Enter text',
  number: 'Enter a number',
  int: 'Use a whole number',
  boolean: 'Say true or false',
  date: 'Choose a date',
  array: 'Give a list',
  object: 'Give an object of named values',
  record: 'Give an object of named values',
}
const formats: Readonly<Record<string, string>> = {
  email: 'Enter an email address like ada@example.com',
  url: 'Enter a web address like https://example.com',
  date: 'Write a day like 2030-03-04',
  time: 'Write a time like 09:30',
  datetime: 'Write a moment like 2030-03-04T09:30:00Z',
}
const isEmpty = (input: unknown) => input === undefined || input === null || input === ''
const isSeveral = (origin: string) => ['array', 'set', 'map', 'record', 'object'].includes(origin)
const counted = (count: number | bigint, one: string, more: string) => `${count} ${Number(count) === 1 ? one : more}`
const listed = (values: readonly unknown[]) => values.map(String).join(', ')

function tooSmall({ origin, minimum, exact, inclusive }: Issue & { code: 'too_small' }): string {
  const least = Number(minimum)
  if (origin === 'date') return `Choose a moment after ${new Date(least).toISOString()}`
  if (isSeveral(origin)) return exact ? `Give exactly ${least}` : `Give at least ${least}`
  if (origin !== 'string') return inclusive === false ? `Use more than ${least}` : `Use ${least} or more`
  if (least === 1 && !exact) return 'Fill this in'
  return `Use ${exact ? 'exactly' : 'at least'} ${counted(least, 'character', 'characters')}`
}

function tooBig({ origin, maximum, exact, inclusive }: Issue & { code: 'too_big' }): string {
  const most = Number(maximum)
  if (origin === 'date') return `Choose a moment before ${new Date(most).toISOString()}`
  if (isSeveral(origin)) return exact ? `Give exactly ${most}` : `Give at most ${most}`
  if (origin !== 'string') return inclusive === false ? `Use less than ${most}` : `Use ${most} or less`
  return `Use ${exact ? 'exactly' : 'at most'} ${counted(most, 'character', 'characters')}`
}

/** What is wrong with a value whose schema says nothing of its own about it: what to do, without a full stop. */
function issueWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return isEmpty(issue.input) ? 'Fill this in' : (kinds[issue.expected] ?? 'Give another kind of value')
    case 'invalid_value':
      return issue.values.length === 1 ? `Must be ${listed(issue.values)}` : `Choose one of ${listed(issue.values)}`
    case 'too_small':
      return tooSmall(issue)
    case 'too_big':
      return tooBig(issue)
    case 'invalid_format':
      return formats[issue.format] ?? 'Write it in the form that is asked for'
    case 'not_multiple_of':
      return issue.divisor === 1 ? 'Use a whole number' : `Use a multiple of ${issue.divisor}`
    case 'unrecognized_keys':
      return `Nothing here is called ${issue.keys.map((key) => `“${key}”`).join(' or ')}`
    case 'invalid_union':
      return Array.isArray(issue.options)
        ? `Choose one of ${listed(issue.options)}`
        : 'Give one of the forms that are taken'
    case 'invalid_key':
      return 'A name in this is not one that is taken'
    default:
      return 'Give another value'
  }
}

// Over zod's own English, which every copy of zod sets anew when it is loaded.
z.config({ customError: issueWords })
