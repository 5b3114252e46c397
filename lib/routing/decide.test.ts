import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decide, says, type Seen } from './decide'
import { pick, type Candidate } from './pick'
import { render } from './render'
import { RuleConditions, type Rule } from './schema'

const rule = (id: string, conditions: object, more: Partial<Rule> = {}): Rule => ({
  id,
  name: id,
  enabled: true,
  moment: 'message',
  conditions: RuleConditions.parse(conditions),
  actions: [{ do: 'hold_ai' }],
  stops: false,
  ...more,
})
const saying =
  (text: string): Seen['says'] =>
  (words) =>
    says(text, { words: words.replace(/\*$/, ''), anyEnding: words.endsWith('*') })
const seen: Seen = {
  kind: 'comment',
  accountId: 'a1',
  platform: 'facebook',
  says: saying('my order is late, refund please'),
  intent: 'complaint',
  sentiment: -0.6,
  priority: 85,
  lead: 10,
  language: 'en',
  contactTags: ['vip'],
  isOpen: (calendarId) => calendarId === 'open',
}
const fires = (conditions: object, given: Partial<Seen> = {}) =>
  decide([rule('r', conditions)], ['message'], { ...seen, ...given }).length === 1

test.for<[string, object, Partial<Seen>, boolean]>([
  ['nothing asked', {}, {}, true],
  ['one of several kinds', { kinds: ['dm', 'comment'] }, {}, true],
  ['another account', { accountIds: ['a2'] }, {}, false],
  ['an intent that was not read', { intents: ['complaint'] }, { intent: null }, false],
  ['a word', { words: ['order'] }, {}, true],
  ['a phrase', { words: ['refund please'] }, { says: saying('refund please!') }, true],
  ['a part of a word', { words: ['fund'] }, {}, false],
  ['a beginning', { words: ['ref*'] }, {}, true],
  ['signs that mean something to patterns', { words: ['c++ (now)'] }, { says: saying('learn c++ (now)') }, true],
  ['a character of a script without spaces', { words: ['退'] }, { says: saying('我要 要退 退款') }, true],
  ['sentiment within bounds', { sentimentAtMost: -0.5 }, {}, true],
  ['sentiment that was not read', { sentimentAtMost: 1 }, { sentiment: null }, false],
  ['priority at its bound', { priorityAtLeast: 85, priorityAtMost: 85 }, {}, true],
  ['a lead too low', { leadAtLeast: 11 }, {}, false],
  ['a language', { languages: ['de'] }, {}, false],
  ['a tag', { contactTags: ['vip', 'press'] }, {}, true],
  ['working hours', { hours: { calendarId: 'open', within: true } }, {}, true],
  ['outside of them', { hours: { calendarId: 'open', within: false } }, {}, false],
  ['all at once, one failing', { words: ['order'], kinds: ['dm'] }, {}, false],
])('%s', ([, conditions, given, expected]) => expect(fires(conditions, given)).toBe(expected))

test('rules are asked in their order, and none after one that stops', () => {
  const rules = [
    rule('a', {}),
    rule('b', {}, { enabled: false, stops: true }),
    rule('c', {}, { stops: true }),
    rule('d', {}),
  ]
  expect(decide(rules, ['message'], seen).map(({ id }) => id)).toEqual(['a', 'c'])
  expect(decide(rules, ['sla_warned'], seen)).toEqual([])
})

test('words of any letters and marks are found where they stand, and no words are found nowhere', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, words) => {
      expect(says(`${text} ${words}`, { words, anyEnding: false })).toBe(words !== '')
    }),
  )
})

const person = (memberId: string, more: Partial<Candidate> = {}): Candidate => ({
  memberId,
  skills: [],
  capacity: 10,
  turn: 0,
  open: 0,
  isOnline: true,
  isAway: false,
  ...more,
})
const turns = { by: 'round_robin', skills: [], onlineOnly: false } as const

test('by turns, nobody gets two more than another, however many there are', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(40), (people, pieces) => {
      let team = Array.from({ length: people }, (_, n) => person(`m${n}`, { capacity: 1_000 }))
      const given = new Map(team.map(({ memberId }) => [memberId, 0]))
      for (let turn = 1; turn <= pieces; turn++) {
        const next = pick(team, turns)?.memberId ?? ''
        given.set(next, (given.get(next) ?? 0) + 1)
        team = team.map((each) => (each.memberId === next ? { ...each, turn } : each))
      }
      expect(Math.max(...given.values()) - Math.min(...given.values())).toBeLessThanOrEqual(1)
    }),
  )
})

test('by load, the smallest part of what somebody can hold decides', () => {
  const team = [person('a', { open: 4, capacity: 10 }), person('b', { open: 6, capacity: 40 })]
  expect(pick(team, { ...turns, by: 'load' })?.memberId).toBe('b')
})

test('nobody is chosen who is away, full, lacks a skill, or is not there when they must be', () => {
  const team = [
    person('away', { isAway: true }),
    person('full', { open: 10 }),
    person('unskilled'),
    person('absent', { isOnline: false, skills: ['french'] }),
  ]
  expect(pick(team, { by: 'load', skills: ['french'], onlineOnly: true })).toBeUndefined()
  expect(pick(team, { by: 'load', skills: ['french'], onlineOnly: false })?.memberId).toBe('absent')
})

const values = {
  'contact.name': 'Rosa Park',
  'contact.first_name': 'Rosa',
  'contact.handle': '@rosa',
  'account.name': 'North Roasters',
  'account.handle': '@north',
  'agent.name': '',
  'agent.first_name': '',
  'workspace.name': 'North',
}

test('variables are filled in, also with words to use instead', () => {
  expect(render('Hi {{ contact.first_name }}, {{agent.name|we}} look.', values)).toEqual({
    ok: true,
    value: 'Hi Rosa, we look.',
  })
})

test('a variable that there is none of, or that is not known here, is named', () => {
  expect(render('Hi {{contact.nmae}}', values)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('{{contact.nmae}}') },
  })
  expect(render('— {{agent.name}}', values)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('{{agent.name}} is not known here') },
  })
})

test('what a person is called is words, never a variable', () => {
  expect(render('Hi {{contact.name}}', { ...values, 'contact.name': '{{agent.name}} $1 $&' })).toEqual({
    ok: true,
    value: 'Hi {{agent.name}} $1 $&',
  })
})
