import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hasCardNumber, isIban } from './check-digits'
import { maskPii, piiIn } from './pii'

test.each([
  ['write to jane.doe+x@example.co.uk today', 'write to [email] today'],
  ['call +43 660 123 45 67 or (212) 555-0123', 'call [phone] or [phone]'],
  ['call 0664 1234567 please', 'call [phone] please'],
  ['card 4111 1111 1111 1111, 5500-0000-0000-0004', 'card [card], [card]'],
  ['IBAN DE89 3704 0044 0532 0130 00 please', 'IBAN [iban] please'],
  ['to GB82WEST12345698765432.', 'to [iban].'],
  ['I live at 221 Baker Street, London', 'I live at [address], London'],
  ['Wohne in der Musterstraße 12a, Wien', 'Wohne in der [address], Wien'],
  ['10 rue de la Paix, Paris', '[address], Paris'],
])('%s is masked', (text, masked) => expect(maskPii(text)).toBe(masked))

test.each([
  'order 1234567890123',
  'on 12.10.2025 at 18:30',
  '2025-11-25 is the day',
  '2,000,000 views in 24 hours',
  'version 10.2.3.4567',
  'card 4111 1111 1111 1112',
  'IBAN DE88 3704 0044 0532 0130 00',
  'tracking 00340434161094042557',
  '@handle and user@host',
])('%s holds nothing personal', (text) => expect(piiIn(text)).toEqual([]))

/** Digits whose last one makes the Luhn sum come out. */
const cardNumber = () =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 15, maxLength: 15 }).map((digits) => {
    const body = digits.with(0, 4).join('')
    return `${body}${[...'0123456789'].find((last) => hasCardNumber(body + last)) ?? ''}`
  })

test('a card number is spotted with spaces and without, and one wrong digit makes it none', () => {
  fc.assert(
    fc.property(cardNumber(), fc.nat(15), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
      expect(piiIn(`pay with ${number}!`)).toEqual([{ kind: 'card', start: 9, end: 25 }])
      expect(piiIn(number.replace(/(.{4})(?=.)/g, '$1 '))).toMatchObject([{ kind: 'card', start: 0, end: 19 }])
      const wrong = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1)
      expect(hasCardNumber(wrong)).toBe(false)
    }),
  )
})

test('an account number with two letters or digits exchanged is none', () => {
  const account = 'DE89370400440532013000'
  expect(isIban(account)).toBe(true)
  fc.assert(
    fc.property(fc.integer({ min: 4, max: account.length - 2 }), (at) => {
      fc.pre(account[at] !== account[at + 1])
      const exchanged = `${account.slice(0, at)}${account[at + 1]}${account[at]}${account.slice(at + 2)}`
      expect(isIban(exchanged)).toBe(false)
    }),
  )
})

test('what was masked is not spotted again, and what was not masked is unchanged', () => {
  const part = fc.constantFrom('hello', 'a@b.co', '4111111111111111', '+43 660 1234567', 'DE89370400440532013000', ',')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join(' ; ')
      expect(piiIn(maskPii(text))).toEqual([])
      expect(maskPii(text).replace(/\[\w+\]/g, '')).toBe(
        parts.map((said) => (said === 'hello' || said === ',' ? said : '')).join(' ; '),
      )
    }),
  )
})

test.each([
  ['Write to joe (at) example dot com please', 'Write to [email] please'],
  ['Write to joe.doe[at]mail.example.org, thanks', 'Write to [email], thanks'],
  ['I live at 221B Baker Street', 'I live at [address]'],
  ['We met (at) noon dot', 'We met (at) noon dot'],
])('what is written around programs, and houses with a letter, are spotted: %s', (text, masked) => {
  expect(maskPii(text)).toBe(masked)
})
