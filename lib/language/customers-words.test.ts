import { describe, expect, test } from 'vitest'
import { excuseCustomers } from './customers-words'
import { understand } from './index'
import { spamTexts } from './training/written-spam'
import { unseenSpam } from './unseen.test-data'

const things = ['subscription', 'membership', 'trial', 'monthly plan']
const wishes = [
  ...things.flatMap((thing) => [`I want to cancel my ${thing}`, `How do I cancel my ${thing}?`]),
  'please unsubscribe me',
  'Unsubscribe',
  'Unsubscribe me from this newsletter',
  'Please remove me from your list',
  'I did not subscribe to this! Stop charging my card £9.99',
  'I was charged £19.99 and never signed up',
  'Stop texting me',
  'We never ordered this subscription, stop billing us',
]

const done = [
  'subscribed',
  'signed up',
  'ordered',
  'agreed',
  'asked for',
  'booked',
  'bought',
  'authorised',
  'authorized',
]
const undone = done.flatMap((did) => ['never', 'have not', 'haven’t'].map((not) => `I ${not} ${did} a subscription`))

test.each([...undone, 'We did not buy a subscription'])('“%s” is no spam', (text) =>
  expect(excuseCustomers(text, { score: 1, isSpam: true, reasons: [] }, 5, false).isSpam).toBe(false),
)

test('who never bought a subscription is no spammer', () =>
  expect(understand('I never bought a subscription').spam.isSpam).toBe(false))

test.each(wishes)('“%s” is what a customer wants, and no spam', (text) => {
  for (const inChat of [false, true]) {
    const { spam, intent } = understand(text, { inChat })
    expect(spam.isSpam).toBe(false)
    expect(intent.label).not.toBe('spam')
  }
})

describe('in a chat', () => {
  const given = [
    'https://www.dhl.com/track?id=12345',
    'https://photos.app.goo.gl/abc',
    'https://maps.app.goo.gl/x1',
    'Here is the photo: https://photos.app.goo.gl/abc',
    'This one https://shop.example/p/3 in blue please',
    'Call me please on 0791234567',
    'My number is 0664 1234567',
    '+41791234567',
    'Foto: https://bilder.example/1',
    'Hier der Link https://shop.example/p/3',
  ]
  test.each(given)('“%s” gives what was asked for', (text) =>
    expect(understand(text, { inChat: true }).spam.isSpam).toBe(false),
  )

  test.each([...spamTexts, ...unseenSpam].filter((text) => understand(text).spam.isSpam))('“%s” stays spam', (text) =>
    expect(understand(text, { inChat: true }).spam.isSpam).toBe(true),
  )

  test.each(['https://bit.ly/3x9', 'pics https://t.me/abc', 'look https://free-coins.top/x'])(
    'a link that hides where it leads stays spam: “%s”',
    (text) => expect(understand(text, { inChat: true }).spam.isSpam).toBe(true),
  )
})

test('under a post a link by itself stays spam', () =>
  expect(understand('https://www.dhl.com/track?id=12345').spam.isSpam).toBe(true))
