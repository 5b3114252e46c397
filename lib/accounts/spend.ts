import { now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { dayBegins, shiftDay, wallOf } from '@/lib/core/wall'
import { noteLeft, type AppConfig, type Platform, type QuotaLeft } from '@/lib/platforms'
import { noteUnits, unitsSince, type NetworkApp } from '@/lib/workspace'
import type { Lane } from './circuit-rules'

/**
 * How much of an app's day each may use up, all workspaces together: the rest is kept for what is published, and for the few
 * units that it takes to find out what became of that.
 */
const part: Readonly<Partial<Record<Lane, { readonly upTo: number; readonly keptFor: string }>>> = {
  reading: { upTo: 0.8, keptFor: 'posts and answers' },
  answering: { upTo: 0.95, keptFor: 'posts' },
}

type Used = { readonly platform: Platform; readonly app: AppConfig }
const nameOf = ({ platform, app }: Used): NetworkApp => ({ platform: platform.name, clientId: app.clientId ?? '' })

/** A day of the calendar that a network counts in units, for all accounts of an app. */
const countedDay = ({ limits }: Platform) =>
  limits.quotas?.flatMap((quota) =>
    quota.of === 'app' && quota.units !== undefined && 'dayIn' in quota
      ? [{ max: quota.max * quota.units, dayIn: quota.dayIn }]
      : [],
  )[0]

/**
 * What may still be spent for something today, in units; `why` says, as the end of a sentence with “because”, what stands
 * against more. Undefined where the network counts none, or all of it may be spent. Of calls under way at once each may
 * find the last unit unspent: that is what the rest can bear.
 */
export async function allowance(used: Used, lane: Lane): Promise<(QuotaLeft & { readonly why: string }) | undefined> {
  const [counted, most] = [countedDay(used.platform), part[lane]]
  if (!counted || !most) return undefined
  const today = wallOf(now(), counted.dayIn).slice(0, 10)
  const spent = await unitsSince(nameOf(used), dayBegins(today, counted.dayIn))
  const [said, max] = [spent, counted.max].map((count) => count.toLocaleString('en-GB'))
  return {
    calls: Math.max(0, counted.max * most.upTo - spent),
    resetAt: dayBegins(shiftDay(today, 1), counted.dayIn),
    why: `${said} of the ${max} units that ${used.platform.label} gives this app in a day are spent, and the rest is kept for ${most.keptFor}`,
  }
}

/**
 * The app with a meter, where its network counts units: each call notes what it takes before it is made. Whoever watches
 * quotas is told what is then left of `left`.
 */
export function metered(used: Used, lane: Lane | 'other', left?: QuotaLeft): AppConfig {
  const { platform, app } = used
  if (!countedDay(platform)) return app
  let calls = left?.calls ?? 0
  return {
    ...app,
    async spend(units) {
      calls = Math.max(0, calls - units)
      if (left) noteLeft({ calls, resetAt: left.resetAt })
      try {
        await noteUnits(nameOf(used), { lane, units })
      } catch (error) {
        // The call itself is worth more than that it is counted: a post may wait for it.
        log.error({ platform: platform.name, lane, units, error: String(error) }, 'units of a network not counted')
      }
    },
  }
}
