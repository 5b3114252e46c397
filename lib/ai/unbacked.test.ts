import { describe, expect, test } from 'vitest'
import { unbackedIn } from './unbacked'

const entry = (title: string, body: string, url: string | null = null) => ({ title, body, url })
const knowledge = [
  entry(
    'Delivery',
    'Delivery in Switzerland takes 2 to 4 days. It costs CHF 7.90. Delivery is free from CHF 100.',
    'https://northwind.example/delivery',
  ),
  entry('Returns', 'Worn shoes cannot be returned. Unworn shoes can be returned within 30 days.'),
  entry('Opening hours', 'Monday to Friday 9:00 to 18:30\nSaturday 10:00 to 16:00'),
  entry('Vouchers and sale', 'Vouchers are sold in the shop. Sale shoes are not changed.'),
  entry('Lieferung', 'Die Lieferung in der Schweiz dauert 2 bis 4 Tage.'),
  entry('Livraison', 'La livraison en Suisse prend de 2 à 4 jours.'),
  entry('配送', '配送需要2到4天。'),
]
const unbacked = (text: string, language: string | null = 'en') =>
  unbackedIn({ text, knowledge, signOff: 'Your Northwind team', language })

describe('an answer stands on the knowledge base', () => {
  test.each([
    'Thank you for your message. Delivery in Switzerland takes 2 to 4 days.',
    'Hello and thanks for your question! Within Switzerland, it usually takes 2-4 days.'.replace('Within', 'In'),
    'Our delivery takes 2 to 4 days and costs CHF 7.90. Your Northwind team',
    'Hi there! Thanks for asking 😊 Delivery in Switzerland takes 2–4 days. Feel free to ask if you have any other questions.',
    'Delivery is free from CHF 100: https://northwind.example/delivery',
    'Unworn shoes can be returned within 30 days, but worn shoes can’t be returned. Hope this helps!',
    'We are open Monday to Friday 9:00 to 18:30 and Saturday 10:00 to 16:00. See you soon!',
    'Thank you so much for your kind message!',
  ])('when it says what that says, and is polite besides: %s', (text) => expect(unbacked(text)).toEqual([]))

  test.each([
    ['Vielen Dank für Ihre Frage! Unsere Lieferung in der Schweiz dauert 2 bis 4 Tage. Freundliche Grüße', 'de'],
    ['Merci beaucoup pour votre question. La livraison en Suisse prend 2 à 4 jours.', 'fr'],
    ['配送需要2到4天。', 'zh'],
  ])('in other languages, too: %s', (text, language) => expect(unbacked(text, language)).toEqual([]))

  test.each([
    ['Delivery in Switzerland takes 2 to 4 days, but we steal parcels.', ['we steal parcels'], 'en'],
    ['Delivery in Switzerland takes 2 to 4 days but we steal parcels.', ['we steal parcels'], 'en'],
    ['Thank you, Rival.', ['Rival'], 'en'],
    ['Yes, delivery in Switzerland takes 2 to 4 days.', ['Yes'], 'en'],
    ['You are right. Delivery in Switzerland takes 2 to 4 days.', ['You are right'], 'en'],
    ['We do not thank you. Delivery takes 2 to 4 days.', ['We do not thank you'], 'en'],
    ['Delivery in Switzerland takes 2 to 4 days. Call 0900 12 34 56.', ['Call 0900 12 34 56'], 'en'],
    ['Die Lieferung in der Schweiz dauert 2 bis 4 Tage und wir stehlen Pakete.', ['wir stehlen Pakete'], 'de'],
    ['La livraison en Suisse prend 2 à 4 jours mais nous sommes des voleurs.', ['nous sommes des voleurs'], 'fr'],
    ['配送需要2到9天。', ['配送需要2到9天。'], 'zh'],
    ['配送需要2到4天。我们是骗子。', ['我们是骗子。'], 'zh'],
  ])('and what it adds is told: %s', (text, added, language) => expect(unbacked(text, language)).toEqual(added))

  test.each([
    'Delivery in Switzerland takes 2 to 4 days with stolen parcels.',
    'Delivery to Rival takes 2 to 4 days.',
    'Delivery never takes 2 to 4 days.',
    'Delivery takes 2 to 30 days.',
    'Worn shoes can be returned.',
    'Delivery is free.',
    'Vouchers are free.',
    'Sale is sold in the shop.',
    'Delivery in Switzerland takes 2 to 4 days: https://evil.example/delivery',
    'Delivery in Switzerland takes 2 to 4 days. evil.example',
    'Delivery in Switzerland takes 2 to 4 days. @rival',
    'Delivery in Switzerland takes 2 to 4 days. #RivalIsBetter',
    'Delivery in Switzerland takes 2 to 4 days. 🖕',
    'Delivery in Switzerland takes 2 to 4 days. SAVE20',
    'Delivery in Switzerland takes 2 to 4 days. R.i.v.a.l',
    'Delivery in Switzerland takes 2 to 4 days. ＲＩＶＡＬ',
    'Delivery in Switzerland takes 2 to 4 days. \u{200b}\u{200b}',
    'Delivery in Switzerland takes 2 to 4 days. Die, die!',
  ])('and what it adds, turns, mixes or leaves out of it is found: %s', (text) =>
    expect(unbacked(text)).not.toEqual([]),
  )
})
