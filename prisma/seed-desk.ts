import sharp from 'sharp'
import { uploadMedia } from '@/lib/media'
import { setSlots } from '@/lib/posts'
import type { Result } from '@/lib/core/result'
import { listCalendars, listLabels, saveCalendar, saveLabel, savePolicy, saveRule, saveSavedReply } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace/context'
import { must, through, type DemoAccounts } from './seed-accounts'

const labels = [
  { name: 'Order', colour: 'amber' },
  { name: 'Wholesale', colour: 'green' },
  { name: 'Press', colour: 'violet' },
] as const

const replies = [
  {
    name: 'Opening hours',
    text: 'Hello {{contact.name}}, we are here from 7 to 18 on weekdays, and from 9 to 16 on Saturdays and Sundays.',
  },
  {
    name: 'Late parcel',
    text: 'We are sorry, {{contact.name}}. Send us the number of your order in a message, and we look for the parcel at once.',
  },
]

const hours = [
  ...[1, 2, 3, 4, 5].map((day) => ({ day, from: '07:00', to: '18:00' })),
  ...[6, 7].map((day) => ({ day, from: '09:00', to: '16:00' })),
]

const weekdays = [1, 2, 3, 4, 5]
const at = (hour: number, minute: number) => hour * 60 + minute

/** When each likes to post: two networks share no time, so that one post goes out at several. */
const slots = [
  { account: 'x account', days: weekdays, minutes: [at(9, 0), at(17, 30)] },
  { account: 'bluesky password', days: weekdays, minutes: [at(9, 15), at(18, 0)] },
  { account: 'linkedin page', days: [2, 4], minutes: [at(8, 30)] },
  { account: 'instagram account', days: [1, 3, 5, 6], minutes: [at(12, 0)] },
]

/** A set-up that was cut off goes on where it was. */
function orThere(result: Result<unknown>): void {
  if (!result.ok && result.error.code !== 'ALREADY_EXISTS') must(result)
}

/** What a team would have set up before long: slots, labels, saved replies, the hours of the shop, a promise, a rule. */
export async function setUpDesk(ctx: Ctx, accounts: DemoAccounts): Promise<void> {
  for (const { account, days, minutes } of slots)
    for (const accountId of through(accounts, account))
      must(
        await setSlots(ctx, {
          accountId,
          slots: days.flatMap((weekday) => minutes.map((minute) => ({ weekday, minute }))),
        }),
      )
  for (const label of labels) orThere(await saveLabel(ctx, label))
  for (const reply of replies) orThere(await saveSavedReply(ctx, reply))
  orThere(await saveCalendar(ctx, { name: shopHours, timeZone: ctx.workspace.timeZone, week: hours }))
  const calendarId = named(must(await listCalendars(ctx, {})), shopHours)
  orThere(
    await savePolicy(ctx, {
      name: 'Messages within the hour',
      conditions: { kinds: ['dm'] },
      calendarId,
      firstReplyMinutes: 60,
      resolutionMinutes: null,
      warnMinutes: 15,
    }),
  )
  const labelIds = [named(must(await listLabels(ctx, {})), 'Order')]
  orThere(
    await saveRule(ctx, {
      name: 'Trouble with an order',
      moment: 'message',
      conditions: { words: ['order #*', 'my order', 'Bestellung', 'charged twice'] },
      actions: [
        { do: 'label', labelIds },
        { do: 'priority', points: 10 },
      ],
    }),
  )
}

const shopHours = 'Shop hours'

function named(all: readonly { readonly id: string; readonly name: string }[], name: string): string {
  const found = all.find((one) => one.name === name)
  if (!found) throw new Error(`There is no ${name}.`)
  return found.id
}

const pictures = [
  {
    name: 'winter-roast.jpg',
    alt: 'A dark bag of winter roast before an orange sky',
    sky: '#e8a15b',
    ground: '#3b2417',
  },
  {
    name: 'harbour-morning.jpg',
    alt: 'The harbour in the morning, with our shop as a dark shape',
    sky: '#9fc3d8',
    ground: '#23435a',
  },
  { name: 'slow-v60.jpg', alt: 'A V60 on its stand against a green wall', sky: '#b9cdb0', ground: '#40523b' },
] as const

/** Pictures for posts, drawn here: a library with nothing in it shows nothing of what it does. */
export async function fillLibrary(ctx: Ctx): Promise<void> {
  const there = new Set((await ctx.db.media.findMany({ select: { name: true } })).map(({ name }) => name))
  for (const picture of pictures.filter(({ name }) => !there.has(name))) {
    const bytes = await drawn(picture)
    must(
      await uploadMedia(ctx, {
        name: picture.name,
        alt: picture.alt,
        declaredBytes: bytes.byteLength,
        body: new Blob([new Uint8Array(bytes)]).stream(),
      }),
    )
  }
}

const drawn = ({ sky, ground }: { readonly sky: string; readonly ground: string }): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="1200">
      <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
        <stop offset="0" stop-color="${sky}"/><stop offset="1" stop-color="#fbf3e6"/>
      </linearGradient></defs>
      <rect width="1600" height="1200" fill="url(#sky)"/>
      <circle cx="1180" cy="330" r="130" fill="#fff7e8" opacity="0.8"/>
      <path d="M0 860 Q400 760 800 860 T1600 840 V1200 H0Z" fill="${ground}" opacity="0.55"/>
      <path d="M0 980 Q500 900 1000 990 T1600 960 V1200 H0Z" fill="${ground}"/>
      <path d="M640 560 h320 l-40 420 q-120 40 -240 0z" fill="${ground}"/>
      <path d="M950 620 q130 0 120 120 q-10 110 -140 110" fill="none" stroke="${ground}" stroke-width="36"/>
      <path d="M720 500 q30 -60 0 -120 M800 500 q30 -60 0 -120 M880 500 q30 -60 0 -120" fill="none" stroke="#fff7e8" stroke-width="16" stroke-linecap="round"/>
    </svg>`),
  )
    .jpeg({ quality: 86 })
    .toBuffer()
