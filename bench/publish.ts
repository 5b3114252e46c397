/**
 * Posts a second through the whole pipeline, against raw BullMQ with a no-op job on the same backend, with the same
 * concurrency and as many jobs. In both, everything is queued before the worker is let go.
 */
import { prisma } from '@/lib/core/db'
import { closeQueues, queueCounts, queueNamed } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { makeDesk, queueJobs, writePosts, type Desk } from './queue/desk'
import { startFastNetwork } from './queue/network'
import { cpuMsOf, startNoopWorker, startProductWorker, until } from './queue/workers'
import { head, median, only, ratio, shown, sizes } from './report'

const asked = sizes({ posts: [2_000], rounds: [3] })
const [posts, rounds] = [only(asked.posts), only(asked.rounds)]
const withinMs = 30_000 + posts * 200

type Measured = {
  readonly perSecond: number
  readonly commits: number
  readonly cpuMs: number
  readonly settledMs?: number
}

const commits = async (): Promise<number> => {
  // A session tells the server's counters at most once a second.
  await new Promise((resolve) => setTimeout(resolve, 1_200))
  const [row] = await prisma.$queryRaw<{ n: bigint }[]>`
    select xact_commit as n from pg_stat_database where datname = current_database()`
  return Number(row?.n ?? 0)
}

const idle = async () => {
  const { publish } = await queueCounts()
  return ['waiting', 'active', 'delayed', 'paused'].every((state) => !publish[state])
}

async function floor(): Promise<Measured> {
  const queue = queueNamed('publish')
  await queue.pause()
  const due = Array.from({ length: posts }, () => new Date())
  await queueJobs(
    '',
    due.map((_, n) => `floor-${Date.now()}-${n}`),
    due,
  )
  const worker = await startNoopWorker()
  const before = await commits()
  const cpuBefore = cpuMsOf(worker.child)
  const started = Date.now()
  await queue.resume()
  await until('the floor’s jobs are done', idle, { withinMs, child: worker.child })
  const [last] = await queue.getJobs(['completed'], 0, 0)
  const after = await commits()
  const cpuMs = (cpuMsOf(worker.child) - cpuBefore) / posts
  await worker.stop()
  return {
    perSecond: (posts * 1_000) / ((last?.finishedOn ?? Number.NaN) - started),
    commits: (after - before) / posts,
    cpuMs,
  }
}

async function pipeline(desk: Desk): Promise<Measured> {
  const queue = queueNamed('publish')
  await queue.pause()
  const worker = await startProductWorker()
  const due = Array.from({ length: posts }, () => new Date())
  const ids = await writePosts(desk, due)
  await queueJobs(desk.workspaceId, ids, due)
  const before = await commits()
  const cpuBefore = cpuMsOf(worker.child)
  const started = Date.now()
  await queue.resume()
  const left = () => prisma.variant.count({ where: { state: { not: 'published' } } })
  await until('all posts are published', async () => (await left()) === 0, { withinMs, child: worker.child })
  // Written by the last transaction of each post.
  const { _max } = await prisma.post.aggregate({
    where: { variants: { some: { id: { in: [...ids] } } } },
    _max: { updatedAt: true },
  })
  await until('every event is delivered', async () => (await prisma.eventOutbox.count()) === 0, {
    withinMs,
    child: worker.child,
  })
  const settledMs = Date.now() - started
  const cpuMs = (cpuMsOf(worker.child) - cpuBefore) / posts
  const after = await commits()
  await until('the queue is empty', idle, { withinMs, child: worker.child })
  await worker.stop()
  return {
    perSecond: (posts * 1_000) / ((_max.updatedAt?.getTime() ?? Number.NaN) - started),
    commits: (after - before) / posts,
    cpuMs,
    settledMs,
  }
}

head(
  `Publish: ${posts} posts, ${process.env.WORKER_CONCURRENCY ?? 50} at once, ${rounds} rounds, each against its floor`,
)
const network = await startFastNetwork()
process.env.X_API_URL = network.url
process.env.X_CLIENT_ID = 'bench'
process.env.LOG_LEVEL = 'warn'
const desk = await makeDesk()
const rows: { floor: Measured; ours: Measured }[] = []
for (let round = 0; round < rounds; round++) {
  await queueNamed('publish').obliterate({ force: true })
  const ofFloor = await floor()
  await queueNamed('publish').obliterate({ force: true })
  rows.push({ floor: ofFloor, ours: await pipeline(desk) })
}
const attempts = await prisma.attempt.count({ where: { outcome: 'accepted' } })
const events = await prisma.event.count({ where: { type: 'post.published' } })
console.table(
  rows.map(({ floor: f, ours }, n) => ({
    round: n + 1,
    'raw BullMQ, jobs/s': shown(f.perSecond),
    'posts/s': shown(ours.perSecond),
    ratio: shown(ours.perSecond / f.perSecond),
    'raw BullMQ, transactions/job': shown(f.commits),
    'transactions/post': shown(ours.commits),
    'worker CPU ms/job, raw and ours': `${shown(f.cpuMs)}, ${shown(ours.cpuMs)}`,
    'until the last event was delivered, s': shown((ours.settledMs ?? 0) / 1_000),
  })),
)
console.log(`${network.posts()} posts at the network, ${attempts} accepted attempts and ${events} events in the tables`)
if ([network.posts(), attempts, events].some((n) => n !== posts * rounds))
  throw new Error('Something was not published exactly once')
ratio(
  'posts/s through the pipeline / no-op jobs/s of raw BullMQ',
  median(rows.map(({ floor: f, ours }) => ours.perSecond / f.perSecond)),
)
await network.close()
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(0)
