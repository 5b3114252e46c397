import { importMessages } from '@/lib/inbox'
import type { ImportedMessage } from '@/lib/inbox/schema'
import { minute } from '@/lib/core/clock'
import type { Ctx } from '@/lib/workspace/context'
import { must, type DemoAccounts } from './seed-accounts'

type Kind = ImportedMessage['kind']
/** Said by somebody, and what we answered after so many minutes, if we did. */
type Talk = {
  readonly to: string
  readonly kind: Kind
  readonly daysAgo: number
  /** UTC. */
  readonly at: string
  readonly by: string
  readonly said: string
  readonly rating?: number
  readonly answer?: readonly [minutesLater: number, text: string]
  readonly after?: readonly [minutesLater: number, text: string]
}

const talks: readonly Talk[] = [
  {
    to: 'facebook pages',
    kind: 'comment',
    daysAgo: 27,
    at: '08:12',
    by: 'Mira Keller',
    said: 'Which roast would you take for a moka pot?',
    answer: [34, 'The harbour blend, Mira: a little darker, and it forgives a hot stove.'],
    after: [51, 'Perfect, thank you!'],
  },
  {
    to: 'instagram account',
    kind: 'comment',
    daysAgo: 26,
    at: '17:40',
    by: 'Luca Brunner',
    said: 'That crema! Love it 😍',
    answer: [12, 'Thank you, Luca. Come by, the machine is still warm.'],
  },
  {
    to: 'x account',
    kind: 'mention',
    daysAgo: 24,
    at: '11:03',
    by: 'Ana Petrova',
    said: 'My order 20418 still has not arrived. It has been nine days. This is really annoying.',
    answer: [22, 'We are sorry, Ana. It is stuck at the depot; a new parcel left today, with a bag on us.'],
    after: [1_510, 'It came this morning. Thanks for sorting it out so fast.'],
  },
  {
    to: 'telegram bot',
    kind: 'comment',
    daysAgo: 23,
    at: '06:55',
    by: 'Jonas Weber',
    said: 'Habt ihr am Sonntag offen?',
    answer: [96, 'Ja, von neun bis vier. Bis dann!'],
  },
  {
    to: 'facebook pages',
    kind: 'dm',
    daysAgo: 22,
    at: '13:30',
    by: 'Hotel Seeblick',
    said: 'We would like to order about 8 kg of coffee a month for our hotel. Who do we talk to about prices?',
    answer: [41, 'With pleasure. Nora writes to you today, with samples of three roasts.'],
  },
  {
    to: 'facebook pages',
    kind: 'review',
    daysAgo: 20,
    at: '19:20',
    by: 'Elena Rossi',
    rating: 5,
    said: 'Best flat white in town, and the people behind the bar know what they are doing.',
    answer: [770, 'That made our week, Elena. Thank you.'],
  },
  {
    to: 'linkedin page',
    kind: 'comment',
    daysAgo: 19,
    at: '09:48',
    by: 'Tom Fischer',
    said: 'Impressive figures. Do you publish what you pay to the farms?',
    answer: [130, 'We do, once a year: the report for this year comes in December.'],
  },
  {
    to: 'youtube channel',
    kind: 'comment',
    daysAgo: 17,
    at: '21:05',
    by: 'Kei Tanaka',
    said: 'How fine do you grind for the V60 in this video?',
    answer: [690, 'About like table salt, 20 grams on 320 of water.'],
  },
  {
    to: 'bluesky password',
    kind: 'mention',
    daysAgo: 16,
    at: '10:15',
    by: 'Sofia Lind',
    said: 'Your shop page says out of stock for the grinder. When is it back?',
    answer: [28, 'On Friday morning, Sofia. Shall we keep one for you?'],
    after: [35, 'Yes please!'],
  },
  {
    to: 'instagram account',
    kind: 'comment',
    daysAgo: 14,
    at: '07:31',
    by: 'Noah Meier',
    said: 'Waited 25 minutes for a cappuccino at the station. Not good.',
    answer: [58, 'That is too long, and we are sorry. We put a second person on mornings from tomorrow.'],
  },
  {
    to: 'mastodon account',
    kind: 'mention',
    daysAgo: 12,
    at: '16:22',
    by: 'Ida Holm',
    said: 'Do you ship the gift box to Austria?',
    answer: [19, 'Yes, in three days and without customs papers for you.'],
  },
  {
    to: 'facebook pages',
    kind: 'comment',
    daysAgo: 11,
    at: '12:10',
    by: 'Paul Graf',
    said: 'I was charged twice for order 20533. Please refund it.',
    answer: [15, 'We found it, Paul: the second charge is on its way back to your card.'],
  },
  {
    to: 'facebook pages',
    kind: 'comment',
    daysAgo: 9,
    at: '08:44',
    by: 'Mira Keller',
    said: 'The moka pot tip was gold. Is there a course, too?',
    answer: [47, 'Every first Saturday. The next one still has two places.'],
  },
  {
    to: 'x account',
    kind: 'mention',
    daysAgo: 8,
    at: '18:02',
    by: 'Ravi Shah',
    said: 'The winter roast is the best thing you have ever made.',
  },
  {
    to: 'reddit account',
    kind: 'comment',
    daysAgo: 6,
    at: '20:37',
    by: 'slowpour',
    said: 'Honest question: is the subscription cheaper than buying bags?',
    answer: [610, 'By a tenth, and you can pause it whenever you like.'],
  },
  {
    to: 'telegram bot',
    kind: 'comment',
    daysAgo: 5,
    at: '09:26',
    by: 'Greta Lang',
    said: 'Is there parking near the harbour shop?',
    answer: [8, 'Behind the fish market, the first hour is free.'],
  },
  {
    to: 'facebook pages',
    kind: 'review',
    daysAgo: 4,
    at: '15:15',
    by: 'Marc Dubois',
    rating: 2,
    said: 'Lovely coffee, but the music was so loud that we left.',
    answer: [84, 'Thank you for telling us, Marc. It is turned down, and the next cup is on us.'],
  },
  {
    to: 'instagram account',
    kind: 'comment',
    daysAgo: 2,
    at: '11:50',
    by: 'Elena Rossi',
    said: 'Can I buy the small grinder online?',
    answer: [26, 'From Friday on, Elena: northwind.example/grinder'],
  },
]

const idOf = (name: string): string => name.toLowerCase().replaceAll(/[^a-z]+/g, '.')

/** What was said in the weeks before the demo began, and answered: lists, people and figures have something to show. */
export async function fillInbox(ctx: Ctx, accounts: DemoAccounts, today: Date): Promise<void> {
  const spoken = talks.flatMap((talk, n) => linesOf(talk, n, today).map((line) => ({ to: talk.to, line })))
  for (const [to, lines] of Map.groupBy(spoken, (one) => one.to)) {
    const [accountId] = accounts.get(to) ?? []
    if (!accountId) throw new Error(`The demo has no account ${to}. It has ${[...accounts.keys()].join(', ')}.`)
    must(await importMessages(ctx, { accountId, messages: lines.map(({ line }) => line) }))
  }
}

function linesOf(talk: Talk, nth: number, today: Date): readonly ImportedMessage[] {
  const day = new Date(today.getTime() - talk.daysAgo * 24 * 60 * minute).toISOString().slice(0, 10)
  const begun = new Date(`${day}T${talk.at}:00Z`).getTime()
  const line = (part: string, minutesLater: number, text: string, own: boolean): ImportedMessage => ({
    id: `demo-${nth}-${part}`,
    kind: talk.kind,
    text,
    at: new Date(begun + minutesLater * minute).toISOString(),
    author: own
      ? { id: 'northwind', name: 'Northwind Coffee' }
      : { id: idOf(talk.by), name: talk.by, handle: idOf(talk.by) },
    own,
    conversation: `demo-${nth}`,
    ...(own || talk.rating === undefined || part !== 'said' ? {} : { rating: talk.rating }),
    ...(part === 'said' ? {} : { parent: `demo-${nth}-said` }),
  })
  return [
    line('said', 0, talk.said, false),
    ...(talk.answer ? [line('answer', talk.answer[0], talk.answer[1], true)] : []),
    ...(talk.after ? [line('after', talk.after[0], talk.after[1], false)] : []),
  ]
}
