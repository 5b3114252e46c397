import type { DemoAccounts } from './seed-accounts'

type To = readonly (keyof DemoAccounts)[]
export type DemoPost = { readonly text: string; readonly to: To }

/** Ideas in the drafts tray. */
export const drafts: readonly DemoPost[] = [
  {
    text: 'Behind the bar: how Mira pulls the perfect ristretto. Three photos to come from this week’s shoot.',
    to: ['bluesky', 'pages'],
  },
  { text: 'Poll idea: oat, almond or plain milk in your flat white?', to: ['x'] },
  { text: 'Hiring a roaster’s apprentice for spring. Draft the job text with HR first.', to: ['people', 'pages'] },
]

/** Goes out moments after the first start, so that a newcomer sees a ledger with proof in it. */
export const sentNow: readonly DemoPost[] = [
  {
    text: 'Good morning! The first batch of our winter roast is in the shop: plum, cocoa and a little smoke. https://northwind.example/winter-roast',
    to: ['x', 'bluesky', 'pages'],
  },
  {
    text: 'We measured it: our new roaster uses 31% less gas per kilo than the old one. Notes from the first month below.',
    to: ['people'],
  },
]

const week: readonly { inDays: number; at: string; text: string; to: To }[] = [
  {
    inDays: 1,
    at: '08:30',
    text: 'Cupping at 17:00 today. Six seats, three Ethiopian lots, no slides. Say hi at the bar. #cupping',
    to: ['x', 'bluesky'],
  },
  {
    inDays: 1,
    at: '12:15',
    text: 'Why we pay farms before the harvest, and what it changed in Huila. A short read: https://northwind.example/huila',
    to: ['pages', 'people'],
  },
  {
    inDays: 2,
    at: '09:00',
    text: 'New on the shelf: the small grinder everyone asked for. 48 mm burrs, quiet enough for a flat with thin walls.',
    to: ['x', 'bluesky', 'pages'],
  },
  { inDays: 3, at: '07:45', text: 'Cold outside, warm inside: we open at 7 from today. ☕️', to: ['x', 'bluesky'] },
  { inDays: 4, at: '16:00', text: 'Question of the week: which coffee did you give up on too early?', to: ['bluesky'] },
  {
    inDays: 6,
    at: '10:30',
    text: 'Brew guide: the slow V60, step by step. https://northwind.example/v60',
    to: ['x', 'bluesky'],
  },
  {
    inDays: 8,
    at: '11:00',
    text: 'Our year in numbers: 41 tonnes roasted, 12 farms, 3 new colleagues.',
    to: ['pages', 'people', 'x'],
  },
]

/** A week of posts from tomorrow on, on the wall clock. */
export const scheduled = (today: Date): readonly (DemoPost & { readonly wallTime: string })[] =>
  week.map(({ inDays, at, text, to }) => ({
    wallTime: `${new Date(today.getTime() + inDays * 86_400_000).toISOString().slice(0, 10)}T${at}`,
    text,
    to,
  }))
