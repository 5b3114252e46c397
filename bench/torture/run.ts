import { setTimeout as wait } from 'node:timers/promises'
import { StateReason } from '@/lib/posts/schema'
import type { Ctx } from '@/lib/workspace'
import { ask, connectAs, makeWorld, postingKinds, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { keepWorkers } from './workers'
import { writePosts, type Sent } from './write-posts'

/** What may go wrong at the network while a post is sent. `none` leaves it to the kills alone. */
export const faults = [
  'none',
  'drop_request',
  'timeout_after_accept',
  'reset_after_accept',
  '500_after_accept',
  '429_until=1',
  'expired_token',
  'delayed_visibility=1500',
] as const

/** What has no end does not expire. */
export const faultsOf = (kind: string): readonly string[] =>
  wayOf(kind).lasting ? faults.filter((fault) => fault !== 'expired_token') : faults

/** Where workers are killed. */
const killPoints = [
  'publish.before_claim',
  'publish.after_claim',
  'publish.before_first_byte',
  'publish.in_flight',
  'publish.before_record',
  'reconcile.after_claim',
  'reconcile.before_record',
] as const

/** Each boundary is died at often enough to mean something, and the more posts there are, the seldomer for each. */
const killChance = (posts: number): number => Math.min(0.03, Math.max(0.004, 6 / posts))

/** How the workers run that are tried: with short leases and patience, and killed at each of these points now and then. */
const workerEnv = (killPoints: readonly string[], sends: number): Readonly<Record<string, string>> => ({
  FAILPOINTS: killPoints.map((point) => `${point}=${killChance(sends)}`).join(','),
  PUBLISH_LEASE_MS: '4000',
  CIRCUIT_PAUSE_MS: '200',
  NETWORK_TIMEOUT_MS: '1200',
  SWEEP_EVERY_MS: '500',
  // Longer than the longest delay among the faults, so that absent means absent.
  READ_BACK_LAG_MS: '3000',
  WORKER_CONCURRENCY: '6',
  LOG_LEVEL: process.env.TORTURE_LOG ?? 'silent',
})

export type Row = {
  kind: string
  fault: string
  posts: number
  published: number
  /** Left to a person because nobody else can tell. */
  unknown: number
  /** Left to a person for another reason: none of the faults calls for that. */
  asked: number
  duplicates: number
  lost: number
  unfinished: number
}
export const emptyRow = (kind: string, fault: string): Row => ({
  kind,
  fault,
  posts: 0,
  published: 0,
  unknown: 0,
  asked: 0,
  duplicates: 0,
  lost: 0,
  unfinished: 0,
})

/** What came of each kind of account, over all faults. `left` is the share of its posts that was left to a person as unknown. */
export const byKind = (rows: readonly Row[]) =>
  Object.fromEntries(
    [...Map.groupBy(rows, ({ kind }) => kind)].map(([kind, mine]) => {
      const sum = (of: (row: Row) => number) => mine.reduce((total, row) => total + of(row), 0)
      const [posts, unknown] = [sum((r) => r.posts), sum((r) => r.unknown)]
      return [
        kind,
        {
          posts,
          published: sum((r) => r.published),
          unknown,
          left: `${((100 * unknown) / posts).toFixed(1)} %`,
          duplicates: sum((r) => r.duplicates),
          lost: sum((r) => r.lost),
          asked: sum((r) => r.asked),
          unfinished: sum((r) => r.unfinished),
        },
      ]
    }),
  )
export type Report = { readonly rows: readonly Row[]; readonly deaths: number; readonly tookMs: number }

const ended = ['published', 'refused', 'needs_person', 'cancelled']

/**
 * Sends `perCell` posts for each kind of account and each fault, with two workers that are killed at every boundary,
 * and compares what the product says with what the sandbox counted.
 */
export async function torture({
  kinds = postingKinds,
  perCell,
  deadlineMs,
  onProgress,
}: {
  kinds?: readonly string[]
  perCell: number
  deadlineMs: number
  onProgress?(done: number, of: number): void
}): Promise<Report> {
  const started = Date.now()
  const world = await makeWorld(kinds)
  const sent = await writePosts(world, kinds, faultsOf, perCell)
  const deaths = await letWorkersDie(world, {
    killPoints,
    sends: sent.length,
    until: started + deadlineMs,
    countEnded,
    onProgress,
  })
  const rows = await judge(world.ctx, await ask<{ text: string }[]>(world.sandbox, '/effects'), sent)
  await world.close()
  return { rows, deaths, tookMs: Date.now() - started }
}

/**
 * Two workers send what was written and are killed at the given points, until everything has ended or time is up. Whoever
 * is asked to reconnect does so. @returns how many workers died
 */
export async function letWorkersDie(
  world: ConnectedWorld,
  q: {
    killPoints: readonly string[]
    sends: number
    /** Unix milliseconds. */
    until: number
    countEnded(ctx: Ctx): Promise<number>
    onProgress: ((done: number, of: number) => void) | undefined
  },
): Promise<number> {
  const workers = await keepWorkers(2, workerEnv(q.killPoints, q.sends))
  try {
    for (;;) {
      workers.check()
      const reconnected = await reconnect(world)
      const done = await q.countEnded(world.ctx)
      q.onProgress?.(done, q.sends)
      // What waits for a reconnected account goes on when the event of it is delivered.
      const isQuiet = reconnected === 0 && (await unheardReconnections(world.ctx)) === 0
      if ((done === q.sends && isQuiet) || Date.now() > q.until) return workers.deaths()
      await wait(500)
    }
  } finally {
    await workers.stop()
  }
}

/** Ended, or left to a person for good: one who is asked to reconnect does so here. */
const countEnded = ({ db }: Ctx): Promise<number> =>
  db.variant.count({
    where: {
      OR: [
        { state: { in: ['published', 'refused', 'cancelled'] } },
        { state: 'needs_person', NOT: { reason: { path: ['kind'], equals: 'reconnect' } } },
      ],
    },
  })

async function unheardReconnections({ db }: Ctx): Promise<number> {
  const waiting = await db.eventOutbox.findMany({ select: { eventId: true } })
  return db.event.count({
    where: { id: { in: waiting.map(({ eventId }) => eventId) }, type: 'account.reconnected' },
  })
}

/** Does what a person is asked to, where a network gives nothing to renew an ended token with. */
async function reconnect({ ctx, accounts }: ConnectedWorld): Promise<number> {
  const spent = await ctx.db.account.findMany({ where: { state: 'needs_reconnect' } })
  for (const { id, platform, handle } of spent) {
    const kind = Object.keys(accounts).find((name) => accounts[name] === id) ?? ''
    const { renews, renewsAfterMs } = wayOf(kind)
    if (renews && !renewsAfterMs)
      throw new Error(`${handle} at ${platform} must be reconnected, though its token can be renewed`)
    await connectAs(ctx, kind)
  }
  return spent.length
}

/** Two of the same text is a duplicate; published without an effect, or ended otherwise with one unsaid, is a silent loss. */
async function judge(ctx: Ctx, effects: readonly { text: string }[], sent: readonly Sent[]): Promise<readonly Row[]> {
  const seen = new Map<string, number>()
  for (const { text } of effects) seen.set(text, (seen.get(text) ?? 0) + 1)
  const ends = new Map(
    (await ctx.db.variant.findMany({ select: { id: true, state: true, reason: true } })).map((row) => [row.id, row]),
  )
  const cells = new Map<string, Row>()
  for (const { variantId, kind, fault, text } of sent) {
    const row = cells.get(`${kind}|${fault}`) ?? emptyRow(kind, fault)
    cells.set(`${kind}|${fault}`, row)
    const end = ends.get(variantId)
    const state = end?.state ?? 'missing'
    const there = seen.get(text) ?? 0
    row.posts += 1
    if (state === 'published') row.published += 1
    if (state === 'needs_person' && StateReason.parse(end?.reason).kind === 'unknown') row.unknown += 1
    else if (state === 'needs_person') row.asked += 1
    if (!ended.includes(state)) row.unfinished += 1
    if (there > 1) row.duplicates += 1
    if ((state === 'published' && there === 0) || ((state === 'refused' || state === 'cancelled') && there > 0))
      row.lost += 1
  }
  return [...cells.values()]
}
