import { oneOf } from './random'

/** What people say, by what moves them. `{coffee}` and its like are filled in. */
const texts = {
  praise: [
    'Best {coffee} I had in a long time. Thank you!',
    'You made my morning. The {coffee} is wonderful.',
    'Love the new {thing}! 😍',
    'Great service in {place} today, everybody was so friendly.',
    'Merci, le {coffee} était délicieux !',
    'Der {coffee} ist einfach großartig, danke euch!',
  ],
  question: [
    'Do you open on {day}?',
    'Is the {coffee} decaf, too?',
    'How long does the {thing} keep after opening?',
    'Where can I park near {place}?',
    'Habt ihr am {day} offen?',
    'Is there oat milk in {place}?',
  ],
  purchase: [
    'How much is the {thing}? I would like to order two.',
    'Do you ship the {thing} to Austria?',
    'Interested in {coffee} for our office, about 5 kg a month. Whom do I write to?',
    'Can I buy the {thing} online?',
  ],
  complaint: [
    'My order {order} still has not arrived. It has been {days} days.',
    'The {thing} came broken and nobody answers my mails.',
    'Waited {minutes} minutes for a {coffee} in {place}. Not good.',
    'I was charged twice for order {order}. Please refund it.',
    'Die Bestellung {order} ist seit {days} Tagen überfällig. Was ist da los?',
  ],
  outage: [
    'Your shop is down again and I paid for order {order}. Where is my {thing}?',
    'Your shop is down again and I paid for order {order}. Where is my {thing}??',
    'Same here: paid for order {order}, the shop is down, no {thing}.',
    'Shop down, money gone, no answer. Unacceptable.',
    'I want my money back for order {order}. The shop has been down all day.',
  ],
  rude: ['You are thieves and idiots.', 'What a bunch of clowns. Worst {coffee} ever, go to hell.'],
  chatter: ['First!', '☕☕☕', 'Good morning from {place}', 'That picture 📸', 'See you on {day}!'],
  spam: [
    'Earn $5000 a week from home, click https://win.example/now',
    'FREE followers for your page!!! DM us today',
    'Congratulations, you have won a phone. Claim it: https://prize.example/claim',
  ],
} as const satisfies Record<string, readonly string[]>
export type Mood = keyof typeof texts

const fillings: Readonly<Record<string, readonly string[]>> = {
  coffee: ['flat white', 'filter coffee', 'espresso', 'cold brew', 'cappuccino'],
  thing: ['gift box', 'harbour blend', 'grinder', 'subscription', 'winter roast'],
  place: ['the harbour shop', 'the old town', 'your café at the station'],
  day: ['Sunday', 'Monday', 'the holidays'],
}

/** A text in that mood. Numbers in it differ from person to person, as they do. */
export function textFor(random: () => number, mood: Mood): string {
  return oneOf(random, texts[mood]).replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'order') return `#${10_000 + Math.floor(random() * 90_000)}`
    if (name === 'days') return String(3 + Math.floor(random() * 20))
    if (name === 'minutes') return String(15 + Math.floor(random() * 50))
    return oneOf(random, fillings[name] ?? [name])
  })
}

const firstNames = ['Mara', 'Jonas', 'Aiko', 'Lena', 'Omar', 'Priya', 'Luca', 'Zoe', 'Ivan', 'Chloé', 'Sven', 'Noor']
const lastNames = ['Keller', 'Rossi', 'Tanaka', 'Meier', 'Haddad', 'Novak', 'Silva', 'Berg', 'Okoye', 'Dubois']

/** A reader; the same few hundred come back. */
export function readerFor(random: () => number): { readonly handle: string; readonly name: string } {
  const [first, last] = [oneOf(random, firstNames), oneOf(random, lastNames)]
  const number = Math.floor(random() * 4)
  const plain = first.normalize('NFD').replaceAll(/\p{M}/gu, '')
  return { handle: `${plain}.${last}${number || ''}`.toLowerCase(), name: `${first} ${last}` }
}
