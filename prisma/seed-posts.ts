import { shiftWall, wallOf } from '@/lib/core/wall'

/** By network and door, as its folder in the sandbox says. */
type To = readonly string[]
export type DemoPost = { readonly text: string; readonly to: To }

/** Ideas in the drafts tray. */
export const drafts: readonly DemoPost[] = [
  {
    text: 'Behind the bar: how Mira pulls the perfect ristretto. Three photos to come from this week’s shoot.',
    to: ['bluesky password', 'linkedin page'],
  },
  { text: 'Poll idea: oat, almond or plain milk in your flat white?', to: ['x account'] },
  {
    text: 'Hiring a roaster’s apprentice for spring. Draft the job text with HR first.',
    to: ['linkedin person', 'linkedin page'],
  },
]

/** Goes out moments after the first start, so that a newcomer sees a ledger with proof in it. */
export const sentNow: readonly DemoPost[] = [
  {
    text: 'Good morning! The first batch of our winter roast is in the shop: plum, cocoa and a little smoke. https://northwind.example/winter-roast',
    to: ['x account', 'bluesky password', 'linkedin page'],
  },
  {
    text: 'We measured it: our new roaster uses 31% less gas per kilo than the old one. Notes from the first month below.',
    to: ['linkedin person'],
  },
]

const week: readonly { inDays: number; at: string; text: string; to: To }[] = [
  {
    inDays: 1,
    at: '08:30',
    text: 'Cupping at 17:00 today. Six seats, three Ethiopian lots, no slides. Say hi at the bar. #cupping',
    to: ['x account', 'bluesky password'],
  },
  {
    inDays: 1,
    at: '12:15',
    text: 'Why we pay farms before the harvest, and what it changed in Huila. A short read: https://northwind.example/huila',
    to: ['linkedin page', 'linkedin person'],
  },
  {
    inDays: 2,
    at: '09:00',
    text: 'New on the shelf: the small grinder everyone asked for. 48 mm burrs, quiet enough for a flat with thin walls.',
    to: ['x account', 'bluesky password', 'linkedin page'],
  },
  {
    inDays: 3,
    at: '07:45',
    text: 'Cold outside, warm inside: we open at 7 from today. ☕️',
    to: ['x account', 'bluesky password'],
  },
  {
    inDays: 4,
    at: '16:00',
    text: 'Question of the week: which coffee did you give up on too early?',
    to: ['bluesky password'],
  },
  {
    inDays: 6,
    at: '10:30',
    text: 'Brew guide: the slow V60, step by step. https://northwind.example/v60',
    to: ['x account', 'bluesky password'],
  },
  {
    inDays: 8,
    at: '11:00',
    text: 'Our year in numbers: 41 tonnes roasted, 12 farms, 3 new colleagues.',
    to: ['linkedin page', 'linkedin person', 'x account'],
  },
]

/** A week of posts from tomorrow on, on the wall clock. */
export const scheduled = (today: Date, timeZone: string): readonly (DemoPost & { readonly wallTime: string })[] =>
  week.map(({ inDays, at, text, to }) => ({
    wallTime: `${shiftWall(wallOf(today, timeZone), inDays * 24 * 60).slice(0, 10)}T${at}`,
    text,
    to,
  }))
