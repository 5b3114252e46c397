import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { pass } from '@/lib/core/rate'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import {
  readingOnce,
  type Choice,
  type OptionValues,
  type Part,
  type PlatformError,
  type Quota,
  type Template,
} from '@/lib/platforms'
import { query, type Ctx } from '@/lib/workspace'
import { explain } from './explain'
import { renewIfSpent, type UsableAccount } from './use'

const accountId = z.string().min(1).max(64)
const part = z.custom<Part>((value) => typeof value === 'object' && value !== null)
const given = z.custom<OptionValues>((value) => typeof value === 'object' && value !== null)

/** What networks answered a moment ago, by workspace, account and question. In this process's memory alone. */
const kept = new LRUCache<string, readonly Choice[]>({ max: 1_000, ttl: 3 * minute })

/**
 * The choices of a field of an account's network, as the network tells them. Kept for three minutes; `afresh` asks
 * again. Fails with PLATFORM_AUTH_FAILED when a person must reconnect, else with what the network said.
 */
export const networkChoices = query({
  can: 'post.create',
  input: z.object({
    accountId,
    field: z.string().max(40),
    given: given.default({}),
    afresh: z.boolean().default(false),
  }),
  async run(ctx, { accountId, field, given, afresh }): Promise<Result<readonly Choice[]>> {
    const key = JSON.stringify([ctx.workspaceId, accountId, field, given])
    const known = afresh ? undefined : kept.get(key)
    if (known) return ok(known)
    const account = await mayAsk(ctx, accountId)
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    const asked = platform.options?.find(({ name, input }) => name === field && input.kind === 'list')
    if (!asked || !platform.choices)
      return fail({ code: 'NOT_FOUND', message: `${platform.label} has no list of this name. Choose another field.` })
    const answer = await platform.choices(app, credentials, field, given)
    if (!answer.ok) return fail(unanswered(answer.error, platform.label))
    kept.set(key, answer.value)
    return answer
  },
})

/** `objections`: what a network says against a part. `untried`: what it asks that only it can try. In sentences. */
export type NetworkSays = { readonly objections: readonly string[]; readonly untried: readonly string[] }

/** What the network itself says of a part; nothing where it has nothing to say. */
export const networkObjections = query({
  can: 'post.create',
  input: z.object({ accountId, part }),
  async run(ctx, { accountId, part }): Promise<Result<NetworkSays>> {
    const account = await mayAsk(ctx, accountId)
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    return readingOnce(async () => {
      const against = (await platform.precheck?.(app, credentials, part)) ?? ok([])
      if (!against.ok) return fail(unanswered(against.error, platform.label))
      const untried = (await platform.untried?.(app, credentials, part)) ?? ok([])
      if (!untried.ok) return fail(unanswered(untried.error, platform.label))
      return ok({ objections: against.value, untried: untried.value })
    })
  },
})

/** Longer than this nobody waits for a whole list to be asked about. */
const patienceMs = 15 * second
const atOnce = 4

/**
 * What the network says against each of many parts, in their order. What the network has to be asked for several of them is asked once. Those that
 * it was not asked about in 15 seconds fail with SERVICE_UNAVAILABLE.
 */
export const networkObjectionsToEach = query({
  can: 'post.create',
  input: z.object({ accountId, parts: z.array(part).max(2_000) }),
  async run(ctx, { accountId, parts }): Promise<Result<readonly Result<readonly string[]>[]>> {
    const account = await mayAsk(ctx, accountId)
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    const { precheck, label } = platform
    if (!precheck) return ok(parts.map(() => ok([])))
    const until = inMs(patienceMs)
    const ask = async (one: Part): Promise<Result<readonly string[]>> => {
      if (now() > until) return fail(tooSlow(label))
      const answer = await precheck(app, credentials, one)
      return answer.ok ? answer : fail(unanswered(answer.error, label))
    }
    return readingOnce(async () => {
      const said: Result<readonly string[]>[] = []
      for (let at = 0; at < parts.length; at += atOnce)
        // A few at a time: a network's patience is short.
        said.push(...(await Promise.all(parts.slice(at, at + atOnce).map(ask))))
      return ok(said)
    })
  },
})

/** How much of an account's limits is used, as its network counted it at `asOf`. */
export type ToldQuota = { readonly asOf: Date; readonly quotas: readonly Quota[] }

/** By workspace and account. What could not be told is kept as well: a calendar does not wait for it at each turn. */
const keptQuotas = new LRUCache<string, Result<ToldQuota>>({ max: 1_000, ttl: minute })

/**
 * How much of an account's limits is used, as its network counts it; undefined where it does not tell. Kept for a
 * minute; `afresh` asks again.
 */
export const networkQuota = query({
  can: 'post.read',
  input: z.object({ accountId, afresh: z.boolean().default(false) }),
  async run(ctx, { accountId, afresh }): Promise<Result<ToldQuota | undefined>> {
    const key = JSON.stringify([ctx.workspaceId, accountId])
    const known = afresh ? undefined : keptQuotas.get(key)
    if (known) return known
    const account = await mayAsk(ctx, accountId)
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    if (!platform.quota) return ok(undefined)
    const answer = await platform.quota(app, credentials)
    const told: Result<ToldQuota> = answer.ok
      ? ok({ asOf: now(), quotas: answer.value })
      : fail(unanswered(answer.error, platform.label))
    keptQuotas.set(key, told)
    return told
  },
})

/** What an account's network approved for messages outside of its hours. Empty where it has no such thing. */
export const networkTemplates = query({
  can: 'inbox.read',
  input: z.object({ accountId }),
  async run(ctx, { accountId }): Promise<Result<readonly Template[]>> {
    const account = await mayAsk(ctx, accountId)
    if (!account.ok) return account
    const { platform, app, credentials } = account.value
    const answer = await platform.inbox?.templates?.(app, credentials)
    if (!answer) return ok([])
    return answer.ok ? answer : fail(unanswered(answer.error, platform.label))
  },
})

/** A network's patience is the workspace's, not one person's: nobody spends it by opening a form again and again. */
async function mayAsk(ctx: Ctx, accountId: string): Promise<Result<UsableAccount>> {
  const passage = await pass('networkQuestion', ctx.workspaceId)
  if (!passage.open)
    return fail({
      code: 'RATE_LIMIT_EXCEEDED',
      message: 'That was a lot of questions in a minute. Wait a moment, then try again.',
      retryAt: passage.resetAt,
    })
  return renewIfSpent(ctx, accountId)
}

const tooSlow = (label: string): Failure => ({
  code: 'SERVICE_UNAVAILABLE',
  message: `${label} took too long to answer. Try again in a moment.`,
})

/** Nothing was to be sent, so nothing is said of that. */
function unanswered(error: PlatformError, label: string): Failure {
  if (error.code !== 'unavailable' && error.code !== 'outcome_unknown') return explain(error, label)
  return {
    code: 'SERVICE_UNAVAILABLE',
    message: `${label} could not be asked (${error.reason}). Try again in a moment.`,
  }
}
