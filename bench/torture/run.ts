import { setTimeout as wait } from 'node:timers/promises'
import { ask, connectAs, makeWorld, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import type { Ctx } from '@/lib/workspace'
import { isReported, type Cell } from './cells'
import { Kills } from './kills'
import { keepWorkers } from './workers'

/** What was sent for a case. A kill that hit it in the middle of something else may have kept it from its own boundary. */
export type Written<C extends Cell = Cell> = {
  /** Of its row. */
  readonly id: string
  readonly cell: C
  /** What readers see of it, the part last that the fault and the kill are for. */
  readonly texts: readonly string[]
  readonly kills: readonly string[]
}

/** What is different between posts and answers. */
export type Road<C extends Cell> = {
  /** `arm` is called with what is written, before it is. */
  write(cells: readonly C[], arm: (one: Written<C>) => void): Promise<readonly Written<C>[]>
  /** Rows that have not come to an end; one that waits for an account to be reconnected has not. */
  unended(ctx: Ctx): Promise<readonly string[]>
  /** Rows that a worker has a claim on. */
  heldBy(ctx: Ctx, worker: string): Promise<readonly string[]>
}

export type Told<C extends Cell> = {
  readonly written: readonly Written<C>[]
  /** Whether a worker died at the boundaries that it was written for. */
  met(one: Written<C>): boolean
  readonly deaths: number
}

/** How long a torture goes on, and who is told of it. */
export type Pace = {
  /** After so long no further case is begun. */
  readonly forMs?: number
  /** Ends it at once: what is on its way then is unfinished. */
  readonly stop?: AbortSignal
  onProgress?(done: number, of: number): void
}

/** So many are on their way at a time: enough that waiting costs nothing, and few enough that no sweep takes them for lost. */
const atOnce = 80
/** A case whose kill was never met is written again. */
const mostTries = 6
/** A report may end a case while its worker still waits for an answer: it comes to its boundary, and is killed, by then. */
const lateMs = 6_000
/** Reddit may be at work on files for a quarter of an hour; nothing else that goes on by itself takes longer. */
const stalledMs = 20 * 60_000
const lookMs = 50
const looksPerTurn = 8

/** Ayrshare's ten minutes between two copies of comments would only make the run long: whoever is in doubt waits for two. */
const copyMs = 2_000

/** Accounts of these kinds at a sandbox of their own. */
export async function makeTortured(kinds: readonly string[]): Promise<ConnectedWorld> {
  const world = await makeWorld(kinds)
  await ask(world.sandbox, '/settings', { copyMs })
  return world
}

/** With short leases and patience, so that what waits for them does not wait long. */
const workerEnv = (folder: string): Readonly<Record<string, string>> => ({
  FAILPOINTS: folder,
  PUBLISH_LEASE_MS: '4000',
  CIRCUIT_PAUSE_MS: '200',
  NETWORK_TIMEOUT_MS: '1200',
  // Each sweep queues what waits once more: workers that fall behind would drown in what they have already.
  SWEEP_EVERY_MS: '4000',
  // Longer than the longest delay among the faults, so that absent means absent.
  READ_BACK_LAG_MS: '1600',
  // Far longer than a report takes, also one that is held back.
  ECHO_PATIENCE_MS: '10000',
  WORKER_CONCURRENCY: '24',
  LOG_LEVEL: process.env.TORTURE_LOG ?? 'silent',
})

/**
 * Two workers send what is written for each case, each killed with -9 at that case's boundary, until everything has ended
 * and every kill was met, or nothing has ended for a long while, or `stop` is given. Whoever is asked to reconnect an
 * account does so.
 */
export async function sendThrough<C extends Cell>(
  world: ConnectedWorld,
  cells: readonly C[],
  road: Road<C>,
  { forMs = Infinity, stop, onProgress }: Pace,
): Promise<Told<C>> {
  const { ctx } = world
  const kills = new Kills()
  const workers = await keepWorkers(2, workerEnv(kills.folder))
  const written: Written<C>[] = []
  const todo = cells.map((cell) => ({ cell, tries: 1 }))
  const open = new Map<string, { one: Written<C>; tries: number; endedAt?: number }>()
  const startedAt = Date.now()
  let movedAt = startedAt

  const writeMore = async () => {
    const next = todo.splice(0, atOnce - open.size)
    const made = await road.write(
      next.map(({ cell }) => cell),
      ({ id, kills: mine }) => kills.arm(mine, id),
    )
    written.push(...made)
    for (const [i, one] of made.entries()) open.set(one.id, { one, tries: next[i]?.tries ?? 1 })
  }
  /** @returns true when all is over */
  const turn = async (): Promise<boolean> => {
    const reconnected = await reconnect(world)
    const unended = new Set(await road.unended(ctx))
    for (const [id, entry] of open) {
      const { one, tries } = entry
      if (unended.has(id)) continue
      entry.endedAt ??= Date.now()
      const isMet = kills.met(one.kills)
      if (!isMet && isReported(one.cell) && Date.now() - entry.endedAt < lateMs) continue
      open.delete(id)
      movedAt = Date.now()
      if (!isMet && tries < mostTries) todo.push({ cell: one.cell, tries: tries + 1 })
    }
    if (Date.now() - startedAt > forMs) todo.length = 0
    onProgress?.(written.length - open.size, written.length + todo.length)
    if (todo.length > 0 && open.size < atOnce) await writeMore()
    // What waits for a reconnected account goes on when the event of it is delivered.
    return open.size + unended.size + reconnected === 0 && (await unheardReconnections(ctx)) === 0
  }

  try {
    await writeMore()
    for (let looks = 1; Date.now() - movedAt < stalledMs && !stop?.aborted; looks++) {
      workers.check()
      await kills.execute(workers, (worker) => road.heldBy(ctx, worker))
      if (looks % looksPerTurn === 0 && (await turn())) break
      await wait(lookMs)
    }
    return { written, met: (one) => kills.met(one.kills), deaths: workers.deaths() }
  } finally {
    await workers.stop()
    kills.close()
  }
}

async function unheardReconnections({ db }: Ctx): Promise<number> {
  const waiting = await db.eventOutbox.findMany({ select: { eventId: true } })
  return db.event.count({
    where: { id: { in: waiting.map(({ eventId }) => eventId) }, type: 'account.reconnected' },
  })
}

/**
 * Does what a person is asked to: where a network gives nothing to renew an ended token with, and where a worker was
 * killed between a network's word that the old token is dead and our record of the new one.
 * @returns how many accounts were connected again
 */
export async function reconnect({ ctx, accounts }: ConnectedWorld): Promise<number> {
  const spent = await ctx.db.account.findMany({ where: { state: 'needs_reconnect' }, select: { id: true } })
  for (const { id } of spent) await connectAs(ctx, Object.keys(accounts).find((name) => accounts[name] === id) ?? '')
  return spent.length
}
