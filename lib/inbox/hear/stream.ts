import { z } from 'zod'
import { noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { inMs, minute, now, second } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Ctx } from '@/lib/workspace'
import { restMs } from './pace'
import { takeIn } from './receive'
import { joinLine, keepLine, partFromLine } from './shared-line'

/** A listener that gives no sign of life for so long makes way for another. */
const leaseMs = minute

/** So many names are handed to a line at once. */
const mostNames = 1_000

/** `elsewhere`: another process has the line that the account shares, until then at least. */
export type Streamed =
  | { readonly did: 'skipped' | 'ended' | 'failed'; readonly heard: number }
  | { readonly did: 'elsewhere'; readonly heard: 0; readonly until: Date }

/**
 * Listens to an account until `signal`, or until the line ends. Never two at once for one account; what was said while
 * nobody listened comes from the line itself, where it can be taken up again, and by asking, which goes on all the while.
 */
export const streamFeed = operation({
  can: 'incoming.handle',
  input: z.object({ feedId: z.string(), signal: z.instanceof(AbortSignal) }),
  async run(ctx, { feedId, signal }): Promise<Result<Streamed>> {
    const at = now()
    const [feed] = await ctx.db.inboxFeed.updateManyAndReturn({
      where: {
        id: feedId,
        AND: [
          { OR: [{ streamNextAt: null }, { streamNextAt: { lte: at } }] },
          { OR: [{ streamUntil: null }, { streamUntil: { lt: at } }] },
        ],
      },
      data: { streamUntil: inMs(leaseMs, at), streamFence: { increment: 1 } },
    })
    if (!feed) return ok({ did: 'skipped', heard: 0 })
    const account = await useAccount(ctx, { accountId: feed.accountId, lane: 'reading' })
    if (!account.ok) {
      await hangUp(ctx, feed, account.error.retryAt ?? inMs(restMs(feed.streamFailures + 1)))
      return ok({ did: 'failed', heard: 0 })
    }
    const { app, credentials, platform } = account.value
    const line = platform.inbox?.sharedLine?.(app, credentials)
    if (line === undefined) return listen(ctx, feed, account.value, signal)
    const until = await joinLine(line)
    if (until) {
      await hangUp(ctx, feed, at, feed.streamFailures)
      return ok({ did: 'elsewhere', heard: 0, until })
    }
    try {
      return await listen(ctx, feed, account.value, signal, line)
    } finally {
      await partFromLine(line)
    }
  },
})

type Feed = {
  readonly id: string
  readonly accountId: string
  readonly cursor: string | null
  readonly streamFence: number
  readonly streamFailures: number
  readonly streamMark: string | null
}

async function listen(
  ctx: Ctx,
  feed: Feed,
  account: UsableAccount,
  signal: AbortSignal,
  line?: string,
): Promise<Result<Streamed>> {
  const { platform, app, credentials } = account
  const stream = platform.inbox?.stream
  if (!stream) return ok({ did: 'skipped', heard: 0 })
  const lost = new AbortController()
  const renew = async () => {
    const { count } = await ctx.db.inboxFeed.updateMany({
      where: { id: feed.id, streamFence: feed.streamFence },
      data: { streamUntil: inMs(leaseMs) },
    })
    // Another listens by now.
    if (count === 0 || (line !== undefined && (await keepLine(line)))) lost.abort()
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ feedId: feed.id, error: String(error) }, 'stream lease not renewed'))
  }, leaseMs / 3)
  let heard = 0
  try {
    const answer = await stream(app, credentials, {
      cursor: feed.cursor ?? undefined,
      mark: feed.streamMark ?? undefined,
      signal: AbortSignal.any([signal, lost.signal]),
      holds: (externalIds) => held(ctx, feed, externalIds),
      reactionsTo: (message, after) => reactionsTo(ctx, feed, message, after),
      async onPage({ items, mark }) {
        if (items.length > 0) {
          const taken = await takeIn(ctx, { accountId: feed.accountId, items: [...items], via: 'stream' })
          if (!taken.ok) throw new Error(taken.error.message)
          heard += taken.value.fresh
        }
        // Only once what it passed is kept: a crash hears again and loses nothing.
        if (mark !== undefined)
          await ctx.db.inboxFeed.updateMany({
            where: { id: feed.id, streamFence: feed.streamFence },
            data: { streamMark: mark },
          })
      },
    })
    await noteAnswer(ctx, { account, answer })
    if (!answer.ok && answer.error.code === 'auth_expired')
      await useAccount(ctx, { accountId: feed.accountId, refused: credentials.accessToken })
    const failures = answer.ok || heard > 0 ? 0 : feed.streamFailures + 1
    await hangUp(ctx, feed, failures === 0 ? inMs(second) : inMs(restMs(failures)), failures)
    return ok({ did: answer.ok ? 'ended' : 'failed', heard })
  } catch (error) {
    // Where it cannot even be hung up, that is thrown, and this would be lost.
    log.error({ feedId: feed.id, error: String(error) }, 'stream broke')
    await hangUp(ctx, feed, inMs(restMs(feed.streamFailures + 1)))
    throw error
  } finally {
    clearInterval(timer)
  }
}

/** Which of these the account has, by whatever way they came. */
async function held(ctx: Ctx, { accountId }: Feed, externalIds: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.message.findMany({
    where: { accountId, externalId: { in: [...externalIds] }, deletedAt: null },
    select: { externalId: true },
  })
  return new Set(rows.map(({ externalId }) => externalId))
}

/** The names of the reactions to a message that nobody took back, those behind `after`: where it stands, or by its name. */
async function reactionsTo(
  ctx: Ctx,
  { accountId }: Feed,
  message: string,
  after: string | undefined,
): Promise<readonly string[]> {
  const stands = await ctx.db.message.findFirst({
    where: { accountId, externalId: message },
    select: { conversationId: true },
  })
  const named = await ctx.db.conversation.findFirst({
    where: { accountId, externalKey: message },
    select: { id: true },
  })
  const rows = await ctx.db.message.findMany({
    where: {
      accountId,
      conversationId: { in: [stands?.conversationId ?? [], named?.id ?? []].flat() },
      parentExternalId: message,
      kind: 'reaction',
      deletedAt: null,
      ...(after === undefined ? {} : { externalId: { gt: after } }),
    },
    orderBy: { externalId: 'asc' },
    take: mostNames,
    select: { externalId: true },
  })
  return rows.map(({ externalId }) => externalId)
}

/** Lets go of the line, to be taken up again at `nextAt` by whoever is first. */
async function hangUp(ctx: Ctx, feed: Feed, nextAt: Date, failures = feed.streamFailures + 1): Promise<void> {
  await ctx.db.inboxFeed.updateMany({
    where: { id: feed.id, streamFence: feed.streamFence },
    data: { streamUntil: null, streamNextAt: nextAt, streamFailures: failures },
  })
}
