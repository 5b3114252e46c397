import { z } from 'zod'
import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Limits } from '../limits'
import type { Answer, AppConfig, Credentials, Finding, Traits } from '../platform'
import { getMe, type Me } from './api'
import { limits, premiumLimits } from './limits'
import { xError } from './translate'

const Plan = z.object({ subscription: z.string().optional(), verified: z.string().optional() })

/** What of an account its limits hang on. */
export const traitsOf = ({ subscription_type: subscription, verified_type: verified }: Me): Traits => ({
  ...(subscription ? { subscription } : {}),
  ...(verified ? { verified } : {}),
})

const isNothing = (word: string | undefined): boolean => word === undefined || /^none$/i.test(word)

/** Limits follow the account's plan, or its check mark, not the app's (docs.x.com/x-api/media/quickstart/best-practices). */
export function limitsOf(traits: Traits): Limits {
  const { subscription, verified } = Plan.parse(traits)
  return isNothing(subscription) && isNothing(verified) ? limits : premiumLimits
}

/** Which plan X says that the account has, and what that lets it do. */
export async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const me = await getMe(app, as)
  if (!me.ok) return fail(xError(me.error, 'none', now()))
  const { subscription_type: plan, verified_type: mark } = me.value.body.data
  const { text, video } = limitsOf(traitsOf(me.value.body.data))
  const has = !isNothing(plan) ? `has the plan ${plan}` : isNothing(mark) ? 'has no plan' : `is verified (${mark})`
  return ok([
    {
      name: 'plan',
      label: 'Plan at X',
      state: 'good',
      message: `The account ${has}: posts of up to ${text.max} characters, videos of up to ${video.maxMs / minute} minutes. When that changes, check the account once more.`,
    },
  ])
}
