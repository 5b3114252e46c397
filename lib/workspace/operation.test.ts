import { expect, test } from 'vitest'
import { z } from 'zod'
import { explainIssues } from './operation'

test.for(['constructor', 'toString', '__proto__', 'colour'])('a field that nobody knows is named: %s', (name) => {
  const parsed = z.strictObject({ text: z.string() }).safeParse(JSON.parse(`{ "text": "a", "${name}": 1 }`))
  if (parsed.success) throw new Error('It was taken')
  expect(Object.keys(explainIssues(parsed.error).fields ?? {})).toEqual([name])
})
