import { describe, expect, test } from 'vitest'
import { asksOnly } from './asks-only'

const phrases = ['shipping', 'versand', 'livraison', 'lieferung', 'envío', 'spedizione', 'entrega', 'verzending']
const answer = 'We ship to Switzerland and the Netherlands in 2 to 4 days.'
const about = (text: string, ourHandle = '@northwind') => asksOnly(text, { phrases, answer, ourHandle })

describe('a question about one thing', () => {
  test.each([
    'Shipping?',
    'shipping',
    'SHIPPING?',
    'Shipping 😊',
    '👋🏽 Shipping?',
    'Hi! Shipping?',
    'Hello, how long does shipping take?',
    'how long does shipping take',
    'How much is shipping, please?',
    'How’s shipping?',
    'Do you offer shipping to Switzerland?',
    'Shipping to the Netherlands?',
    'Shipping to Switzerland',
    'Shipping 🇨🇭?',
    'Versand in die Schweiz?',
    'Versand nach Holland?',
    'Guten Tag, wie lange dauert die Lieferung?',
    'Was kostet der Versand?',
    'Livraison ?',
    'Bonjour, combien coûte la livraison en Suisse ?',
    'Quel est le délai de livraison ?',
    '¿Cuánto tarda el envío a Suiza?',
    'Quanto costa la spedizione?',
    'Olá, qual é o prazo de entrega?',
    'Hoe lang duurt de verzending?',
    '@northwind shipping?',
    'Ｓｈｉｐｐｉｎｇ？',
  ])('asks only: %s', (text) => {
    expect(about(text)).toBe(true)
  })
})

describe('whatever else is said is more than a question', () => {
  test.each([
    'shipping 🖕🖕',
    'shipping 🤮',
    'Versand 👎👎👎',
    'Shipping 😂',
    'Great shipping 🙄',
    'Great shipping',
    'shipping, lügner',
    'Versand tot',
    'Versand nie!',
    'Kein Versand',
    'No shipping',
    'never shipping!!',
    'Shipping: 6 weeks',
    'Shipping takes long',
    'Shipping takes this long?',
    'Shipping!!',
    'Shipping?!',
    'Shipping...',
    '“Shipping”?',
    'shipping :(',
    'shipping :/',
    'Die, shipping',
    'Shipping die?',
    'Where is my shipping?',
    'Where is the shipping?',
    'Where is it? shipping',
    'When will I get it? Shipping',
    'Wo ist der Versand?',
    'Dónde está el envío?',
    'Shipping to Norway?',
    'Shipping 🇳🇴?',
    'Shipping and returns?',
    'Still no shipping?',
    'Why is shipping so slow?',
    'Thanks for nothing, shipping?',
    '@thieves shipping?',
    '配送ない shipping',
    'Shipping? CH93 0076 2011 6238 5295 7',
    `shipping ${'hi there '.repeat(40)}`,
  ])('asks more: %s', (text) => {
    expect(about(text)).toBe(false)
  })
})

test('the handle of an account on a server of its own is known without the server, and an empty one is nobody’s', () => {
  expect(about('@shop shipping?', '@shop@social.example')).toBe(true)
  expect(about('@shop@social.example shipping?', '@shop@social.example')).toBe(true)
  expect(about('@shopping shipping?', '@shop@social.example')).toBe(false)
  expect(about('@shop shipping?', '')).toBe(false)
})
