import type { Failure } from '@/lib/core/result'

/** How many of each a workspace may have: as many as a list shows, since nothing may be kept that nobody sees. */
export const most = { calendars: 200, labels: 500, macros: 500, savedReplies: 500, teams: 200 } as const

const names: Readonly<Record<keyof typeof most, string>> = {
  calendars: 'sets of business hours',
  labels: 'labels',
  macros: 'macros',
  savedReplies: 'saved replies',
  teams: 'teams',
}

/** Why no further one is made; undefined while there is room. Those there are may still be changed. */
export function whyFull(kind: keyof typeof most, there: number): Failure | undefined {
  if (there < most[kind]) return undefined
  return { code: 'CONFLICT', message: `There are ${most[kind]} ${names[kind]} already. Delete one first.` }
}
