import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssues } from './operation'

test.for(['constructor', 'toString', '__proto__', 'colour'])('a field that nobody knows is named: %s', (name) => {
  const parsed = z.strictObject({ text: z.string() }).safeParse(JSON.parse(`{ "text": "a", "${name}": 1 }`))
  if (parsed.success) throw new Error('It was taken')
  expect(Object.keys(explainIssues(parsed.error).fields ?? {})).toEqual([name])
})

test.for([
  [z.string().min(1), '', 'Fill this in'],
  [z.string(), undefined, 'Fill this in'],
  [z.string().max(3), 'long', 'Use at most 3 characters'],
  [z.array(z.string()).min(2), ['a'], 'Give at least 2'],
  [z.number().max(5), 7, 'Use 5 or less'],
  [z.number().positive(), 0, 'Use more than 0'],
  [z.number(), 'a', 'Enter a number'],
  [z.int(), 0.5, 'Use a whole number'],
  [z.enum(['todo', 'done']), 'gone', 'Choose one of todo, done'],
  [z.email(), 'ada', 'Enter an email address like ada@example.com'],
  [z.strictObject({}), { colour: 1 }, 'Nothing here is called “colour”'],
  [z.string('Choose a team').min(1, 'Choose a team'), '', 'Choose a team'],
] as const)('%#: what a schema says nothing of is said as what to do', ([schema, given, words]) =>
  expect(schema.safeParse(given).error?.issues.map(({ message }) => message)).toEqual([words]),
)
