import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterQuiet, decide, whyOff, type DraftSeen, type Policy, type Seen } from './ai-policy'
import { mattersIn } from '../triage/matters'

const auto: Policy = { mode: 'auto', threshold: 0.85, delayMinutes: 5, hourlyCap: 10, quiet: null }
const plain: Seen = {
  kind: 'comment',
  intents: ['question'],
  sentiment: 0,
  isSpam: false,
  isToxic: false,
  isUnderstood: true,
  matters: [],
  personal: [],
  signs: [],
  isOld: false,
  answeredByAi: false,
}
const good: DraftSeen = { origin: 'model', confidence: 0.9, problems: [], unbacked: [], signsAround: [] }
const at = new Date('2026-11-25T10:00:00Z')
const decided = (policy: Policy, seen: Partial<Seen> = {}, draft: Partial<DraftSeen> = {}) =>
  decide(policy, { ...plain, ...seen }, { ...good, ...draft }, at, 'Europe/Zurich').do

describe('a policy', () => {
  test('sends by itself what nothing speaks against, after its delay', () =>
    expect(decide(auto, plain, good, at, 'Europe/Zurich')).toMatchObject({
      do: 'auto',
      sendAt: new Date('2026-11-25T10:05:00Z'),
    }))

  test.each([
    ['complaints', { intents: ['question', 'complaint'] }],
    ['refunds', { intents: ['refund_request'] }],
    ['law', { intents: ['legal'] }],
    ['words of law in any language', { matters: ['Anwalt'] }],
    ['personal data', { personal: ['a bank account'] }],
    ['words to a machine', { signs: ['It tells the reader to ignore instructions'] }],
    ['offences', { isToxic: true }],
    ['anger', { sentiment: -0.8 }],
    ['reviews', { kind: 'review' }],
    ['languages nobody read', { isUnderstood: false }],
    ['whoever answers an automatic answer', { answeredByAi: true }],
  ] satisfies [string, Partial<Seen>][])('gives %s to a person, in every mode', (_what, seen) => {
    expect(decided(auto, seen)).toBe('person')
    expect(decided({ ...auto, mode: 'draft' }, seen)).toBe('person')
  })

  test.each([
    ['below the threshold', {}, { confidence: 0.84 }],
    ['from a template', {}, { origin: 'template', confidence: 1 }],
    ['with a problem', {}, { problems: [{ kind: 'tone', message: 'It shouts.' }] }],
    ['to what is older than a day', { isOld: true }, {}],
  ] satisfies [string, Partial<Seen>, Partial<DraftSeen>][])('lets a draft %s wait', (_what, seen, draft) =>
    expect(decided(auto, seen, draft)).toBe('draft'),
  )

  test('of drafting only never sends', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (confidence, isToxic) => {
        expect(decided({ ...auto, mode: 'draft' }, { isToxic }, { confidence })).not.toBe('auto')
      }),
    )
  })

  test('drafts nothing where it is off, and where there is none', () => {
    const policies = [undefined, { ...auto, mode: 'off' }, { ...auto, mode: 'draft' }, auto] as const
    const off = 'AI is off for this account.'
    expect(policies.map(whyOff)).toEqual([off, off, undefined, undefined])
  })
})

describe('quiet hours', () => {
  const night = { from: 22 * 60, to: 7 * 60 }
  test.each([
    ['2026-11-25T20:59:00Z', '2026-11-25T20:59:00Z'],
    ['2026-11-25T21:00:00Z', '2026-11-26T06:00:00Z'],
    ['2026-11-26T05:59:00Z', '2026-11-26T06:00:00Z'],
    ['2026-11-26T06:00:00Z', '2026-11-26T06:00:00Z'],
    // The night in which clocks go back: 7:00 is an hour later in UTC.
    ['2026-10-24T21:00:00Z', '2026-10-25T06:00:00Z'],
    // The one in which they go forward.
    ['2027-03-27T22:00:00Z', '2027-03-28T05:00:00Z'],
  ])('over midnight in Zurich move %s to %s', (from, to) =>
    expect(afterQuiet(new Date(from), night, 'Europe/Zurich')).toEqual(new Date(to)),
  )

  test('that end at a time that comes twice end the first time, and the second when the first has passed', () => {
    const late = { from: 22 * 60, to: 2 * 60 + 30 }
    const end = (from: string) => afterQuiet(new Date(from), late, 'Europe/Zurich').toISOString()
    expect(end('2026-10-25T00:10:00Z')).toBe('2026-10-25T00:30:00.000Z')
    expect(end('2026-10-25T01:10:00Z')).toBe('2026-10-25T01:30:00.000Z')
  })

  test('that end at a time that clocks skip end as much later', () =>
    expect(
      afterQuiet(new Date('2027-03-28T00:30:00Z'), { from: 22 * 60, to: 2 * 60 + 30 }, 'Europe/Zurich').toISOString(),
    ).toBe('2027-03-28T01:30:00.000Z'))

  test('within a day move what lies in them to their end', () =>
    expect(afterQuiet(new Date('2026-11-25T11:30:00Z'), { from: 12 * 60, to: 13 * 60 }, 'Europe/Zurich')).toEqual(
      new Date('2026-11-25T12:00:00Z'),
    ))
})

test('words on matters of a person are found in many languages, and not where they are part of others', () => {
  for (const text of [
    'My lawyer will call',
    'Ich verklage Sie',
    'Je veux être remboursé',
    'Quiero un reembolso',
    '退款',
    'Верните возврат',
  ])
    expect(mattersIn(text)).not.toEqual([])
  for (const text of ['Do you sell pursues and issues?', 'I was at the courtyard café', 'Wann öffnen Sie?'])
    expect(mattersIn(text)).toEqual([])
})
