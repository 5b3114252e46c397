/**
 * How late posts go out that are all due within one second, through one worker process, against as many no-op jobs that
 * BullMQ delays to the same second.
 */
import { prisma } from '@/lib/core/db'
import { closeQueues, queueNamed } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { makeDesk, queueJobs, writePosts, type Desk } from './queue/desk'
import { startFastNetwork } from './queue/network'
import { startNoopWorker, startProductWorker, until } from './queue/workers'
import { head, only, percentile, ratio, shown, sizes } from './report'

const asked = sizes({ posts: [1_000, 10_000], leadMs: [5_000], leadMsPerPost: [2] })
const withinMs = (posts: number) => 60_000 + posts * 200

/** Spread evenly over one second that begins when everything has been queued. */
function within(posts: number): readonly Date[] {
  const start = Date.now() + only(asked.leadMs) + posts * only(asked.leadMsPerPost)
  return Array.from({ length: posts }, (_, n) => new Date(start + Math.floor((n * 1_000) / posts)))
}

/** Queueing is not what is measured: what is queued after its time would be late by that alone. */
function mustBeInTime([first]: readonly Date[]): void {
  if (first && Date.now() > first.getTime())
    throw new Error('Queueing took longer than the time it was given. Give it more with --leadMsPerPost 5')
}

async function floor(posts: number): Promise<readonly number[]> {
  const worker = await startNoopWorker()
  const due = within(posts)
  await queueJobs(
    '',
    due.map((_, n) => `floor-${n}`),
    due,
  )
  mustBeInTime(due)
  let late: readonly number[] = []
  await until('the floor’s jobs are done', async () => (late = await worker.lateness()).length === posts, {
    withinMs: withinMs(posts),
    everyMs: 1_000,
    child: worker.child,
  })
  await worker.stop()
  return late
}

async function pipeline(desk: Desk, posts: number): Promise<readonly number[]> {
  const worker = await startProductWorker()
  const due = within(posts)
  const ids = await writePosts(desk, due)
  await queueJobs(desk.workspaceId, ids, due)
  mustBeInTime(due)
  await until(
    'all posts are published',
    async () => (await prisma.variant.count({ where: { state: { not: 'published' } } })) === 0,
    { withinMs: withinMs(posts), everyMs: 1_000, child: worker.child },
  )
  const rows = await prisma.variant.findMany({
    where: { publishAt: { gte: due[0], lte: due.at(-1) } },
    select: { latenessMs: true },
  })
  await worker.stop()
  return rows.flatMap(({ latenessMs }) => latenessMs ?? [])
}

head(`Lateness: posts due within one second, one worker, ${process.env.WORKER_CONCURRENCY ?? 50} at once`)
const network = await startFastNetwork()
process.env.X_API_URL = network.url
process.env.X_CLIENT_ID = 'bench'
process.env.LOG_LEVEL = 'warn'
const desk = await makeDesk()
const table: Record<string, string | number>[] = []
for (const posts of asked.posts) {
  const [floors, ours] = [await floor(posts), await pipeline(desk, posts)]
  await queueNamed('publish').obliterate({ force: true })
  if (ours.length !== posts) throw new Error(`${posts} posts were due, ${ours.length} were published`)
  const figures = (of: string, late: readonly number[]) => ({
    posts,
    of,
    'p50, ms': percentile(late, 0.5),
    'p99, ms': percentile(late, 0.99),
    'max, ms': percentile(late, 1),
  })
  table.push(figures('raw BullMQ, no-op', floors), figures('Posthorn', ours))
  ratio(
    `p99 lateness of ${posts} posts / of ${posts} no-op jobs`,
    percentile(ours, 0.99) / Math.max(1, percentile(floors, 0.99)),
  )
  console.log(`  the last of ${posts} was out ${shown((1_000 + percentile(ours, 1)) / 1_000)} s after the second began`)
}
console.table(table)
await network.close()
await Promise.all([closeQueues(), closeRealtime(), prisma.$disconnect()])
process.exit(0)
