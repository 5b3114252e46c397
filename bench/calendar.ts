/**
 * A month of the calendar with 600 posts, while the table grows, against the same statements by the bare driver and
 * against the least that any question costs.
 */
import { prisma } from '@/lib/core/db'
import { makeOwner } from '@/lib/accounts/connected.fixture'
import { calendarWindow } from '@/lib/posts'
import { fillTo, inTheMonth, month } from './calendar/fill'
import { bareDriver, statementsOf } from './calendar/statements'
import { head, only, percentile, ratio, shown, sizes } from './report'

const asked = sizes({ posts: [1_000, 100_000, 1_000_000], calls: [200] })
const calls = only(asked.calls)

async function timed(call: () => Promise<unknown>): Promise<readonly number[]> {
  for (let n = 0; n < Math.min(20, calls); n++) await call()
  const took: number[] = []
  for (let n = 0; n < calls; n++) {
    const started = performance.now()
    await call()
    took.push(performance.now() - started)
  }
  return took
}

head(`Calendar: a month of ${inTheMonth} posts, ${calls} calls one after the other`)
const ctx = await makeOwner()
const driver = await bareDriver()
const table: Record<string, string | number>[] = []
const medians: { posts: number; ours: number }[] = []
for (const posts of asked.posts) {
  const started = Date.now()
  await fillTo(ctx.workspaceId, posts)
  const filled = Date.now() - started
  const ask = async () => {
    const found = await calendarWindow(ctx, month)
    if (!found.ok || found.value.items.length !== Math.min(posts, inTheMonth))
      throw new Error('The month is not what was written')
  }
  await ask()
  const statements = await statementsOf(ask)
  const [ours, bare, least] = [
    await timed(ask),
    await timed(() => driver.run(statements)),
    await timed(() => driver.run([{ text: 'select 1', values: [] }])),
  ]
  const figures = (of: string, took: readonly number[]) => ({
    'posts in the table': posts,
    of,
    'p50, ms': shown(percentile(took, 0.5)),
    'p95, ms': shown(percentile(took, 0.95)),
  })
  table.push(
    figures('calendarWindow', ours),
    figures(`its ${statements.length} statements by pg`, bare),
    figures('select 1 by pg', least),
  )
  medians.push({ posts, ours: percentile(ours, 0.5) })
  console.log(`${posts} posts: written in ${shown(filled / 1_000)} s`)
  ratio(`calendarWindow / its statements by pg, p50 at ${posts} posts`, percentile(ours, 0.5) / percentile(bare, 0.5))
}
console.table(table)
const [least, most] = [medians[0], medians.at(-1)]
if (least && most && most.posts > least.posts)
  ratio(`calendarWindow p50 at ${most.posts} posts / at ${least.posts}`, most.ours / least.ours)
await driver.close()
await prisma.$disconnect()
process.exit(0)
