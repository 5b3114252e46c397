import { describe, expect, test } from 'vitest'
import { toxicityOf } from './index'
import { doubtful, namesOfPeople, toxicWords } from './toxic-words'

const words = (list: Iterable<string>) => [...list].filter((word) => !word.endsWith('*'))
const offensive = (texts: readonly string[]) => texts.filter((text) => toxicityOf(text).isToxic)

describe('nobody is offensive by being named', () => {
  test.each([
    'X',
    'I am a X woman',
    'I am X',
    'Do you have it in X?',
    'X or blue?',
    'My wife is X',
    'We are a X family',
  ])('“%s”, whoever X is', (text) =>
    expect(offensive(words(namesOfPeople).map((name) => text.replace('X', name)))).toEqual([]),
  )
})

describe('a word that is said of things as often', () => {
  test('is one of the lists', () => {
    const all = new Set(Object.values(toxicWords).flat())
    expect([...doubtful].filter((word) => !all.has(word))).toEqual([])
  })

  test.each(['The X is missing', 'A X is in my parcel', 'My X died', 'X', 'Low X please', 'it was X, sadly'])(
    'offends nobody in “%s”',
    (text) => expect(offensive(words(doubtful).map((word) => text.replace('X', word)))).toEqual([]),
  )

  test.each([
    'a screw is missing',
    'my battery died',
    'I am sick at home',
    'Dick Smith ordered it',
    'The straw sucks air',
    'sorry for the stupid question, do you ship?',
    'Am I dumb or is the link hidden?',
    'shoot me a message',
    'I feel like an idiot, wrong size ordered',
    'kill the lights in the shop',
    'Disgusting food',
  ])('“%s” offends nobody', (text) => expect(toxicityOf(text).isToxic).toBe(false))
})

test('an insult that is said of somebody offends, with its words', () => {
  const insults = words(toxicWords.insult).filter((word) => !word.includes(' '))
  const found = offensive(insults.map((word) => `You are such a ${word}`))
  expect(found.length / insults.length).toBeGreaterThan(0.9)
})

test.each([
  'Idiots!',
  'you suck',
  'this is shit',
  'go to hell',
  'kill yourself',
  'I will find you and kill you',
  'you fat pig',
])('“%s” offends', (text) => expect(toxicityOf(text)).toMatchObject({ isToxic: true, kinds: [expect.any(String)] }))
