import { z } from 'zod'

/** What the accounts page says once, after a network sent somebody back. */
export const ConnectionNotice = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('connected'),
    handles: z.array(z.string()),
    left: z.array(z.string()),
    notes: z.array(z.string()),
  }),
  z.object({ outcome: z.literal('failed'), message: z.string() }),
])
export type ConnectionNotice = z.infer<typeof ConnectionNotice>

/** Not in the address: there, a stranger's link could make our page say anything. */
export const noticeCookie = 'posthorn.connection'
/** Long enough for a slow page, too short to be met again by chance. */
export const noticeSeconds = 20

/** The notice in a cookie's value, which a browser may have changed. */
export function readNotice(value: string | undefined): ConnectionNotice | undefined {
  if (value === undefined) return undefined
  try {
    return ConnectionNotice.safeParse(JSON.parse(value)).data
  } catch {
    // Not JSON: not ours.
    return undefined
  }
}
