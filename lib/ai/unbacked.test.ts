import { describe, expect, test } from 'vitest'
import { bindingOf, unbackedIn } from './unbacked'

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

  /** What one entry makes of an answer. */
  const alone = (body: string, text: string, { title = 'Shop', language = 'en' } = {}) =>
    unbackedIn({ text, knowledge: [entry(title, body)], signOff: '', language })

  test.each([
    ['Delivery takes nine days.', 'Delivery takes ninety days.', 'en'],
    ['Delivery takes fifteen days.', 'Delivery takes fifty days.', 'en'],
    ['Die Lieferung dauert drei Tage.', 'Die Lieferung dauert dreißig Tage.', 'de'],
    ['Die Garantie läuft fünf Jahre.', 'Die Garantie läuft fünfzig Jahre.', 'de'],
    ['La garantía dura cuatro años.', 'La garantía dura cuarenta años.', 'es'],
    ['Delivery to Nigeria takes 9 days.', 'Delivery to Niger takes 9 days.', 'en'],
    ['Die Lieferung nach Schweden dauert 3 Tage.', 'Die Lieferung nach Schweiz dauert 3 Tage.', 'de'],
    ['The shop is open on a week day.', 'The shop is open on a weekend day.', 'en'],
    ['Our leather is harmful.', 'Our leather is harm.', 'en'],
  ])('takes no word for another that begins alike: %s %s', (body, text, language) =>
    expect(alone(body, text, { language })).not.toEqual([]),
  )

  test.each([
    ['We take cards.', 'We takes cards.'],
    ['Unworn shoes can be returned.', 'Unworn shoes can be return.'],
  ])('takes a word and another form of it for one: %s %s', (body, text) => expect(alone(body, text)).toEqual([]))

  test.each([
    ['It will be back soon.', 'en'],
    ['You will get it soon.', 'en'],
    ['You will have it this evening.', 'en'],
    ['We hope you find it here.', 'en'],
    ['Sie haben es morgen.', 'de'],
    ['Vous avez cela bien.', 'fr'],
  ])('takes no fact for courtesy because its words are polite: %s', (text, language) =>
    expect(alone('Boots are made of leather.', text, { language })).not.toEqual([]),
  )

  test.each([
    ['Shipping is free for members.', 'Shipping is free.', 'en'],
    ['Shipping for members is free.', 'Shipping is free.', 'en'],
    ['You can return your order within nine days.', 'You can return your order.', 'en'],
    ['Sie können innerhalb von neun Tagen umtauschen.', 'Sie können umtauschen.', 'de'],
    ['Vous pouvez échanger sous neuf jours.', 'Vous pouvez échanger.', 'fr'],
    ['Shipping is free. But only for members.', 'Shipping is free.', 'en'],
    ['Shipping is free (only for members).', 'Shipping is free.', 'en'],
    ['Shipping is free. (Only for members.)', 'Shipping is free.', 'en'],
    ['Shipping is free.*\n* For members.', 'Shipping is free.', 'en'],
    ['Shipping is free\nfor members.', 'Shipping is free.', 'en'],
    ['For members:\nShipping is free.', 'Shipping is free.', 'en'],
    ['You get 10 % off.', 'You get 10 off.', 'en'],
    ['Shipping usually takes 2 days.', 'Shipping takes 2 days.', 'en'],
    ['Der Versand dauert normalerweise 2 Tage.', 'Der Versand dauert 2 Tage.', 'de'],
  ])('leaves out no bound, wherever it stands: %s %s', (body, text, language) =>
    expect(alone(body, text, { language })).not.toEqual([]),
  )

  test.each([
    ['Members get free shipping.', 'You get free shipping.', 'Members', 'en'],
    ['Mitglieder erhalten Rabatt.', 'Sie erhalten Rabatt.', 'Mitglieder', 'de'],
    ['Returns in Switzerland are free.', 'Returns are free.', 'Returns', 'en'],
    ['Delivery in Bern takes 2 days. Delivery in Rome takes 6 days.', 'Delivery takes 2 days.', 'Delivery', 'en'],
    ['No shoes on sale are returned.', 'It is returned.', 'No shoes on sale', 'en'],
  ])('nor whom or what it is about: %s %s', (body, text, title, language) =>
    expect(alone(body, text, { title, language })).not.toEqual([]),
  )

  test.each([
    ['You pay the return.', 'We pay the return.'],
    ['We call you.', 'You call us.'],
    ['You can get a voucher.', 'You will get a voucher.'],
    ['Delivery by Rival to Northwind takes 2 days.', 'Delivery to Northwind by Rival takes 2 days.'],
    ['Is delivery free? No.', 'Delivery is free.'],
    ['Is delivery free?', 'Delivery is free.'],
    [
      'Delivery abroad takes 9 days. It costs CHF 30. Delivery here takes 2 days.',
      'Delivery here takes 2 days. It costs CHF 30.',
    ],
  ])('turns nothing round: %s %s', (body, text) => expect(alone(body, text, { title: 'Delivery' })).not.toEqual([]))

  test.each([
    ['Puedes cambiar los zapatos en 30 días.', '¡Hola! Gracias por tu mensaje. # ¡Un saludo!', 'es'],
    [
      'Vous pouvez échanger sous 30 jours.',
      'Bonjour, merci beaucoup ! # N’hésitez pas à nous écrire si vous avez d’autres questions. Cordialement',
      'fr',
    ],
    [
      'Wir haben von 9 bis 18 Uhr geöffnet.',
      'Guten Tag, vielen Dank für Ihre Nachricht. # Zögern Sie nicht, uns zu schreiben. Freundliche Grüsse',
      'de',
    ],
    ['Spedizione gratuita da 50 €.', 'Ciao! Grazie per il tuo messaggio. # Buona giornata!', 'it'],
    ['A troca é feita em 30 dias.', 'Olá! Obrigado pela sua mensagem. #', 'pt'],
    ['Je kunt binnen 30 dagen ruilen.', 'Hallo! Bedankt voor je bericht. # Vriendelijke groeten', 'nl'],
    ['Is delivery free? No. It costs CHF 30.', 'Hi! # Don’t hesitate to ask if you have any other questions.', 'en'],
    ['For members:\n- Shipping is free.\n- Returns are free.', 'Thanks for asking!\n# See you soon!', 'en'],
    ['**Boots** come in sizes 36, 37, 38, 39 and 40, made e.g. in St. Gallen.', 'Hello, great question! #', 'en'],
    ['Shoes are repaired in 9 days. See https://northwind.example/repair', 'Hello! # Have a nice day', 'en'],
  ])('and still goes out by itself when it repeats an entry, and is polite: %s', (body, around, language) =>
    expect(alone(body, around.replace('#', body), { language })).toEqual([]),
  )
})

test('who decides is warned of what binds us and stands in no source, once, and of no greeting', () => {
  const text = `Hi Anna, thanks for writing! We are sorry that your mug broke. Please send us a photo of it.
    You will get your money back. It contains no nuts. We refund you at once. It takes 9 days. It takes 9 days.`
  expect(bindingOf(unbackedIn({ text, knowledge: [], signOff: '', language: 'en' }))).toEqual([
    'We refund you at once',
    'It takes 9 days',
    'You will get your money back',
    'It contains no nuts',
  ])
})
