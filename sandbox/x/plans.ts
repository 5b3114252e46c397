import { z } from 'zod'
import { type Call, type Reply, type Route, formBody, json } from '../core/call'
import { type World, accountByHandle } from '../core/network'
import type { Account } from '../core/state'
import { noSuchPath } from './problems'

/** What an account may have subscribed to, as `subscription_type` says it. */
const Plan = z.enum(['None', 'Basic', 'Premium', 'PremiumPlus'])
type Plan = z.output<typeof Plan>

const key = ({ id }: Pick<Account, 'id'>): string => `plan:${id}`

export const planOf = (world: World, account: Account): Plan => Plan.parse(world.state.facts[key(account)] ?? 'None')

export function subscribe(world: World, account: Account, plan: Plan): void {
  world.state.facts[key(account)] = plan
}

const GB = 1024 ** 3

/** Of a film's pictures, whichever way up. */
export type Sides = { readonly longer: number; readonly shorter: number }

/** What X lets an account do, by its plan (docs.x.com/x-api/media/quickstart/best-practices; 25,000 by its help pages). */
export const allowed = (world: World, account: Account) =>
  planOf(world, account) === 'None'
    ? { weight: 280, filmMinutes: 20, filmBytes: 8 * GB, filmSides: { longer: 1_280, shorter: 1_024 } }
    : { weight: 25_000, filmMinutes: 125, filmBytes: 16 * GB, filmSides: { longer: 1_920, shorter: 1_080 } }

/** Where people take out a plan, and give it up: `account` and `plan` of a form. */
export const planRoutes = (world: World): readonly Route[] => [
  { method: 'POST', path: '/i/premium_sign_up', handle: (call) => signUp(world, call) },
]

function signUp(world: World, call: Call): Reply {
  const { account: handle = '', plan } = formBody(call)
  const account = accountByHandle(world, handle)
  const wish = Plan.safeParse(plan)
  if (!account || !wish.success) return noSuchPath()
  subscribe(world, account, wish.data)
  return json(200, { account: account.handle, plan: wish.data })
}
