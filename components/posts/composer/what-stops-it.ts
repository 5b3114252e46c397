import { chosenAt, momentOf } from '@/lib/core/wall'
import { networkLabels } from '@/lib/platforms/text'
import { farthestMs } from '@/lib/posts/schema'
import type { Desk } from './composer-context'
import type { Judged } from './judged'
import type { Plan } from './plan'

/** Why a person may not, by their role; undefined where they may. */
export type Rights = { readonly schedule?: string | undefined; readonly publish?: string | undefined }

/** What stands in the way of sending it at all, as a sentence. */
export function whatStopsSending({ draft, accounts }: Pick<Desk, 'draft' | 'accounts'>, judged: readonly Judged[]) {
  if (draft.targets.length === 0) return 'Choose at least one account to post to.'
  if (draft.targets.some(({ accountId }) => !accounts.some(({ id }) => id === accountId)))
    return 'An account of this post was disconnected. Take it off, or connect it again.'
  const problem = judged.flatMap(({ refusals }) => refusals)[0]
  if (!problem) return undefined
  const account = judged.find(({ refusals }) => refusals.includes(problem))?.account
  const label = account ? networkLabels[account.platform] : ''
  return problem.message.includes(label) ? problem.message : `${label}: ${problem.message}`
}

/** What stands in the way of this time, as a sentence. */
export function whatStopsPlan({ chosen, timeZone }: Pick<Desk, 'chosen' | 'timeZone'>, plan: Plan, now: number) {
  if (plan.kind === 'next_slot') {
    const without = chosen.find(({ hasSlots }) => !hasSlots)
    return without && `${without.handle} has no slots yet. Set them on the account’s page, or choose a time.`
  }
  const moment = momentOf(`${plan.day}T${plan.time}`, timeZone)
  if (!moment) return 'Choose a date and a time.'
  if (moment.kind === 'never') return `Clocks skip ${plan.time} on this day. Choose another time.`
  const at = chosenAt(moment, plan.fold)
  if (at && at.getTime() > now + farthestMs) return 'This is more than ten years ahead. Choose an earlier day.'
  return at && at.getTime() <= now ? 'This time has passed. Choose a later one.' : undefined
}
