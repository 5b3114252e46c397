import { networkObjections } from '@/lib/accounts'
import { day, inMs, now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { mediaFiles } from '@/lib/media'
import { adapterOf, versionsEnding } from '@/lib/platforms'
import { query, type Ctx } from '@/lib/workspace'
import { checkReferences } from './check-references'
import { draftPart } from '../write/draft-part'
import { totalMicros, type LiveQuota } from './foresight'
import { exceededByApp } from './app-quotas'
import { appQuotaWords, costWords, dutyWords, quotaWords, versionWords } from './foreseen'
import { judge } from './judge'
import { liveQuotas } from './live-quotas'
import { priceMicros } from './price'
import { mergedContent } from './rules'
import { CheckPost, type Foreseen, type PostCheck, type PostContent, type PostOverride } from '../schema'
import { sendingTimes, type SendingTimes } from '../times/sending-times'
import {
  dutiesOf,
  exceeded,
  foreseenAccount,
  longestWindowMs,
  countedPost,
  queuedPosts,
  type ForeseenAccount,
} from './upcoming'

type Target = { readonly account: ForeseenAccount; readonly method: string; readonly override: PostOverride | null }

/**
 * What stands against a post and what it would mean, before it is scheduled: problems, cost, quotas, duties, endings.
 * Changes nothing. With `askNetworks` the networks are asked as well; one that cannot be asked says so and stops nothing.
 */
export const checkPost = query({
  can: 'post.create',
  input: CheckPost,
  async run(ctx, { content, targets, when, recurrence, postId, askNetworks }): Promise<Result<PostCheck>> {
    const found = await checkReferences(ctx.db, { content, targets })
    if (!found.ok) return fail(found.error)
    const rows = await ctx.db.account.findMany({
      where: { id: { in: targets.map(({ accountId }) => accountId) } },
      select: { id: true, platform: true, method: true, handle: true, traits: true },
    })
    const chosen = targets.flatMap(({ accountId, override }): Target[] => {
      const row = rows.find(({ id }) => id === accountId)
      return row ? [{ account: foreseenAccount(row), method: row.method, override: override ?? null }] : []
    })
    const accounts = chosen.map(({ account }) => account)
    const times = await sendingTimes(ctx, accounts, when, recurrence, postId)
    if (!times.ok) return times
    const live = askNetworks ? await liveQuotas(ctx, rows, true) : new Map<string, LiveQuota>()
    const exceeding = await quotas(ctx, content, chosen, times.value, live, postId)
    const micros = chosen.map(({ account, override }) => priceMicros(content, override, account))
    const judged = targets.map(({ accountId, override }) => ({ accountId, override: override ?? null }))
    const problems = await judge(ctx.db, content, judged)
    return ok({
      problems,
      foreseen: [
        ...costs(chosen, micros, times.value),
        ...exceeding,
        ...chosen.flatMap(({ account, override }) =>
          dutiesOf(content, override, account).map((duty) => dutyWords(account, duty)),
        ),
        ...endings(accounts, times.value.last),
      ],
      costMicros: totalMicros(micros, times.value.count),
      times: times.value.count,
      goesOn: times.value.goesOn,
      slots: when?.kind === 'next_slot' ? firstTimes(times.value) : [],
      network: askNetworks ? await objections(ctx, content, chosen, problems) : [],
    })
  },
})

const firstTimes = ({ byAccount }: SendingTimes): PostCheck['slots'] =>
  [...byAccount].flatMap(([accountId, [at]]) => (at ? [{ accountId, at: at.toISOString() }] : []))

function costs(chosen: readonly Target[], micros: readonly (number | undefined)[], times: SendingTimes): Foreseen[] {
  const { count, goesOn } = times
  return chosen.flatMap(({ account }, place) => {
    const price = micros[place]
    return price ? [costWords(account, { micros: price * count, posts: count, goesOn })] : []
  })
}

/** An API that ends soon concerns every post; one that ends later, those that are due after it. */
const soonDays = 30

export function endings(accounts: readonly ForeseenAccount[], last: Date): Foreseen[] {
  const at = now()
  const days = Math.max(soonDays, Math.ceil((last.getTime() - at.getTime()) / day))
  return versionsEnding(days, at).flatMap((ending) => {
    const account = accounts.find(({ platform }) => platform === ending.platform)
    return account ? [versionWords(account, ending)] : []
  })
}

async function quotas(
  ctx: Ctx,
  content: PostContent,
  chosen: readonly Target[],
  { byAccount, last }: SendingTimes,
  live: ReadonlyMap<string, LiveQuota>,
  postId: string | undefined,
): Promise<readonly Foreseen[]> {
  const accounts = chosen.map(({ account }) => account)
  const windowMs = Math.max(day, ...accounts.map(longestWindowMs))
  const counted = { accounts, from: inMs(-windowMs), to: inMs(windowMs, last) }
  const queued = await queuedPosts(ctx, counted, postId)
  const asked = chosen.flatMap(({ account, override }) =>
    (byAccount.get(account.id) ?? []).map((at) => ({
      ...countedPost(content, override, account, at),
      accountId: account.id,
    })),
  )
  const ofApps = await exceededByApp(ctx, { ...counted, asked, others: queued, exceptPostId: postId })
  const { timeZone } = ctx.workspace
  return [
    ...chosen.flatMap(({ account }) => {
      const of = (posts: readonly (typeof asked)[number][]) => posts.filter(({ accountId }) => accountId === account.id)
      const others = of(queued)
      const before = exceeded(account, others, live.get(account.id)).map(({ at, what }) => `${at} ${what}`)
      return (
        exceeded(account, [...others, ...of(asked)], live.get(account.id))
          // What was too much without this post is said in the calendar.
          .filter(({ at, what }) => !before.includes(`${at} ${what}`))
          .slice(0, mostSaid)
          .map((over) => quotaWords(account, over, timeZone))
      )
    }),
    ...ofApps.slice(0, mostSaid).flatMap(({ accounts: whose, over }) => appQuotaWords(whose, over, timeZone)),
  ]
}

/** One line for each day is enough of a warning. */
const mostSaid = 3

/** What the rules say by a limit that the network tells again, in the same words, is not said twice. */
async function objections(
  ctx: Ctx,
  content: PostContent,
  chosen: readonly Target[],
  problems: PostCheck['problems'],
): Promise<PostCheck['network']> {
  const at = now()
  return Promise.all(
    chosen.map(async ({ account, method, override }) => {
      const platform = adapterOf({ platform: account.platform, method })
      const files = await mediaFiles(ctx, { ids: mergedContent(content, override).mediaIds })
      const part = draftPart(content, override, files.ok ? files.value : [], platform, at)
      const said = await networkObjections(ctx, { accountId: account.id, part })
      if (!said.ok) return { accountId: account.id, objections: [], untried: [], unasked: said.error.message }
      const known = problems.flatMap(({ accountId, message }) => (accountId === account.id ? [message] : []))
      const objections = said.value.objections.filter((objection) => !known.includes(objection))
      return { accountId: account.id, objections, untried: said.value.untried }
    }),
  )
}
