import { dollars, duration, listed, when } from '@/lib/core/format'
import type { Foreseen, Overrun } from './judgement'

/** Who a sentence is about. */
export type About = {
  readonly id: string
  readonly platform: string
  readonly label: string
  readonly handle: string
}

const about = ({ id, platform }: About) => ({ accountId: id, platform })
const dayOf = (at: string, timeZone: string) => when(new Date(at), timeZone, 'yyyy-MM-dd')

const units = { posts: ['post', 'posts'], replies: ['reply', 'replies'] } as const
const counted = (count: number, what: Overrun['what']) => `${count} ${units[what][count === 1 ? 0 : 1]}`

/** Says that an account's queue is more than its network takes of an account. */
export function quotaWords(account: About, over: Overrun, timeZone: string): Foreseen {
  const { label, handle } = account
  const takes = `${label} ${over.isLive ? 'says that it takes' : 'takes'} ${over.max} ${period(over)}`
  return { ...about(account), ...exceeds(`The queue of ${handle} exceeds`, account, over, takes, timeZone) }
}

/** Says that accounts' queues are more than their network takes of their app, with all else that goes out through it. */
export function appQuotaWords(accounts: readonly About[], over: Overrun, timeZone: string): readonly Foreseen[] {
  const [account] = accounts
  if (!account) return []
  const { label, platform } = account
  const takes = `${label} takes ${over.max} ${period(over)} from all accounts of one app together`
  const queues = accounts.length === 1 ? 'The queue of' : 'The queues of'
  const verb = accounts.length === 1 ? 'exceeds' : 'exceed'
  const begins = `${queues} ${listed(accounts.map(({ handle }) => handle))} ${verb}`
  const whose = accounts.length === 1 ? about(account) : { platform }
  return [{ ...whose, ...exceeds(begins, account, over, takes, timeZone) }]
}

const period = (over: Overrun): string =>
  'dayIn' in over ? `a day (by the clock of ${over.dayIn.replaceAll('_', ' ')})` : `in ${duration(over.windowMs)}`

function exceeds(begins: string, { label }: About, over: Overrun, takes: string, timeZone: string) {
  const at = when(new Date(over.at), timeZone, 'EEEE d MMM, HH:mm')
  return {
    kind: 'quota' as const,
    day: dayOf(over.at, timeZone),
    message: `${begins} ${label}’s quota on ${at}: that is the ${ordinal(over.count)} of ${units[over.what][1]}, and ${takes}. Move some to another day.`,
  }
}

const ordinal = (count: number): string => {
  const ends = { one: 'st', two: 'nd', few: 'rd', other: 'th', many: 'th', zero: 'th' }
  return `${count}${ends[new Intl.PluralRules('en', { type: 'ordinal' }).select(count)]}`
}

type Cost = { readonly micros: number; readonly posts: number; readonly day?: string; readonly goesOn?: boolean }

/** Says what an account's posts cost at its network; of a series that goes on, those of its first 60 days. */
export const costWords = (account: About, { micros, posts, day, goesOn }: Cost): Foreseen => ({
  ...about(account),
  kind: 'cost',
  ...(day ? { day } : {}),
  message: `${account.label} ${account.handle}: ${counted(posts, 'posts')} for ${dollars(micros)}${goesOn ? ' in the next 60 days; the series goes on' : ''}.`,
})

export const dutyWords = (account: About, message: string): Foreseen => ({ ...about(account), kind: 'duty', message })

type Ending = { readonly version: string; readonly endsOn: string; readonly daysLeft: number }

/** Says that a version of a network's API ends. */
export function versionWords({ platform, label }: Pick<About, 'platform' | 'label'>, ending: Ending): Foreseen {
  const on = when(new Date(`${ending.endsOn}T00:00Z`), 'UTC', 'd MMMM yyyy')
  const ends = ending.daysLeft < 0 ? `ended on ${on}` : `ends on ${on}`
  return {
    platform,
    kind: 'version',
    day: ending.endsOn,
    message: `${label}’s API version ${ending.version} ${ends}. Update Posthorn ${ending.daysLeft < 0 ? 'to keep posting' : 'before then'}.`,
  }
}
