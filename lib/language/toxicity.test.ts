import { describe, expect, test } from 'vitest'
import { toxicityOf, understand } from './index'
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

describe('who calls to harm people for who they are, or says they are nothing,', () => {
  test.each([
    'kill all jews',
    'all gays should die',
    'burn all immigrants',
    'hang the refugees',
    'black people should be shot',
    'Black people are rats',
    'Muslims are pigs',
    'Women are worthless',
    'Jews are evil',
    'shoot the gypsies',
    'Immigrants should hang',
    'the holocaust was a joke, kill more jews',
    'Bomb the mosque and kill all muslims in it please',
    'we should kill all jews',
    'Gas the Jews!',
    'kill every jew',
    'Nice shop\nshoot the gypsies',
    'death to all gays',
    'Go kill urself',
    'bomb the office',
  ])('offends: “%s”', (text) =>
    expect(understand(text).toxicity).toMatchObject({ isToxic: true, kinds: [expect.any(String)] }),
  )

  test('shows the words of the call', () =>
    expect(toxicityOf('So, hang the refugees!').tokens).toContainEqual({
      text: 'hang the refugees',
      start: 4,
      end: 21,
      weight: 1,
      by: 'rule',
      kind: 'threat',
    }))

  test.each([
    'hang the women’s dresses',
    'Hang black people pictures higher',
    'We shoot women and men in our studio',
    'No women should be killed',
    'fat burners for women',
    'shirts for men who are fat',
    'Do women like this crazy colour?',
    'My boys love this sick design',
    'We are old people and sick of waiting',
    'I feel sick for the refugees',
    'the ladies room was disgusting',
    'men killed women in that war',
    'Can I burn the candle in the office?',
  ])('and who says “%s” does not', (text) => expect(understand(text).toxicity.isToxic).toBe(false))
})

describe('what things are called, too,', () => {
  test.each([
    'The poles suck',
    'Poles are crap',
    'Tent poles are trash',
    'Curtain poles are garbage',
    'The tent poles are stupid short',
    'Whites are ugly',
    'The natives are ugly',
    'Please hang the poles',
    'Just hang the whites and let dry',
    'Whites should be hung outside',
    'The poles should be hung',
    'burn the poles',
    'Kill the blacks in the photo',
    'Burn the men candle',
    'Girls need to be shot in soft light',
    'The boys should be shot in our studio',
    'Bomb the shop with orders!',
  ])('offends nobody: “%s”', (text) => expect(understand(text).toxicity.isToxic).toBe(false))

  test.each([
    'kill all Poles',
    'burn all blacks',
    'hang all natives',
    'kill the blacks',
    'kill the blacks in this town',
    'hang the blacks',
    'shoot the blacks',
    'blacks should die',
    'whites should die',
    'Poles should die',
    'natives should die',
    'Blacks should hang',
    'All Poles should hang',
    'whites should burn in hell',
    'All blacks should be shot',
    'Blacks should be shot in the head',
    'women should be shot',
    'girls should be shot!',
    'women should be shot outside',
    'women should be shot with a rifle',
    'girls should be shot in the street',
    'Men should be shot tomorrow',
    'All women should be shot today',
    'blacks should be shot by the police',
    'burn the girls tonight',
    'burn all women today',
    'the whites should burn in hell',
    'kill the blacks and leave',
    'kill the blacks in the garden',
    'burn the women',
    'women should burn in hell',
    'Bomb the shop with everyone in it',
  ])('hides no threat: “%s”', (text) =>
    expect(understand(text).toxicity).toMatchObject({ isToxic: true, kinds: ['threat'] }),
  )

  test.each([
    'Blacks are rats',
    'Whites are pigs',
    'all blacks are criminals',
    'all whites are trash',
    'Poles are scum',
    'Blacks are disgusting',
  ])('is an insult where it is said of people: “%s”', (text) =>
    expect(understand(text).toxicity).toMatchObject({ isToxic: true, kinds: ['insult'] }),
  )
})

describe('who is told to die', () => {
  test.each([
    'go die',
    'Go and die!',
    'please die',
    'just die',
    'die in hell',
    'Die in a fire!',
    'die bitch',
    'Die, bitch',
    'die you pig',
    'Bad service. Just die already',
    'you should die',
    'I hope you die',
  ])('is threatened: “%s”', (text) =>
    expect(understand(text)).toMatchObject({ isMeasured: true, toxicity: { isToxic: true, kinds: ['threat'] } }),
  )

  test.each([
    'die Tasse',
    'Die Farbe!',
    'Und die in Blau?',
    'Die in Blau',
    'und die',
    'Die App nervt',
    'my plants die',
    'My battery will die in an hour',
    'The bulbs just die',
    'Die cut stickers please',
    'to die for',
  ])('but nobody by “%s”', (text) => expect(understand(text).toxicity.isToxic).toBe(false))

  test('and what is German is not read', () =>
    expect(
      ['die Tasse', 'Und die in Blau?', 'Die in Blau', 'und die'].filter((text) => understand(text).isMeasured),
    ).toEqual([]))
})
