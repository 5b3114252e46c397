import { expect, test } from 'vitest'
import { midSentence } from './format'

test.for([
  ['App password', 'app password'],
  ['Webhook URL', 'webhook URL'],
  ['API key', 'API key'],
  ['X API key', 'X API key'],
] as const)('“%s” goes on in a sentence as “%s”', ([label, words]) => expect(midSentence(label)).toBe(words))
