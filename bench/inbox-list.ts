/**
 * The inbox's list in each of its views while one workspace's table grows, against the same statements by the bare
 * driver and against the least that any question costs; and how many rows Postgres looked at for a page.
 */
import { prisma } from '@/lib/core/db'
import { countViews, listConversations } from '@/lib/inbox'
import type { ListConversations } from '@/lib/inbox/schema'
import type { z } from 'zod'
import { bareDriver, statementsOf } from './calendar/statements'
import { fillTo, newInbox } from './inbox/fill'
import { head, isGiven, only, percentile, ratio, shown, sizes } from './report'

const isExplained = isGiven('explain')
const asked = sizes({ conversations: [10_000, 100_000, 1_000_000], calls: [200] })
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

head(`Inbox list: pages of 40, ${calls} calls one after the other`)
const inbox = await newInbox()
const { ctx, accounts, labels } = inbox
const driver = await bareDriver()

type Filter = z.input<typeof ListConversations>
const lists: readonly (readonly [string, Filter])[] = [
  ...(['all', 'todo', 'mine', 'unassigned', 'urgent', 'waiting', 'snoozed', 'done'] as const).flatMap((view) =>
    (['newest', 'priority'] as const).map((sort) => [`${view}, ${sort}`, { view, sort }] as const),
  ),
  ['a word everybody says', { view: 'all', search: 'my order' }],
  ['a word one of 10,000 says', { view: 'all', search: 'wombat' }],
  ['a person by name', { view: 'all', search: 'Person 17' }],
  ['a person’s own', { view: 'all', contactId: `${ctx.workspaceId}-p17` }],
  ['a label on every fourth', { labelIds: [labels.common] }],
  ['a label on one of 1,000', { labelIds: [labels.rare] }],
  ['an account that says little', { view: 'all', accountIds: [accounts.quiet] }],
]

/** A page of a list, which must not be empty. */
const page = async (filter: Filter) => {
  const found = await listConversations(ctx, filter)
  if (!found.ok || found.value.items.length === 0) throw new Error(`The list is empty: ${JSON.stringify(filter)}`)
  return found.value
}

/** The cursor after so many pages: a list is as fast far down as it is at its top. */
async function farDown(filter: Filter, pages: number): Promise<Filter> {
  let cursor: string | undefined
  for (let n = 0; n < pages; n++) cursor = (await page({ ...filter, cursor, take: 100 })).next ?? cursor
  return { ...filter, cursor }
}

const table: Record<string, string | number>[] = []

async function measure(conversations: number, of: string, ask: () => Promise<unknown>): Promise<void> {
  await ask()
  const statements = await statementsOf(ask)
  const looked = await driver.rowsLookedAt(statements, isExplained)
  const ours = await timed(ask)
  const bare = await timed(() => driver.run(statements))
  table.push({
    conversations,
    of,
    statements: statements.length,
    'rows looked at': looked,
    'p50, ms': shown(percentile(ours, 0.5)),
    'p95, ms': shown(percentile(ours, 0.95)),
    'by pg p95, ms': shown(percentile(bare, 0.95)),
  })
}

for (const conversations of asked.conversations) {
  const started = performance.now()
  await fillTo(inbox, conversations)
  console.log(`${conversations} conversations after ${shown((performance.now() - started) / 1_000)} s`)
  for (const [of, filter] of lists) await measure(conversations, of, () => page(filter))
  for (const sort of ['newest', 'priority'] as const) {
    const deep = await farDown({ view: 'todo', sort }, Math.min(50, Math.floor((conversations * 0.3) / 100) - 1))
    await measure(conversations, `todo, ${sort}, far down`, () => page(deep))
  }
  await measure(conversations, 'the counts of all views', () => countViews(ctx, {}))
  const least = await timed(() => driver.run([{ text: 'select 1', values: [] }]))
  table.push({
    conversations,
    of: 'select 1 by pg',
    'p50, ms': shown(percentile(least, 0.5)),
    'p95, ms': shown(percentile(least, 0.95)),
  })
}
console.table(table)
const slowest = (conversations: number) =>
  Math.max(...table.filter((row) => row.conversations === conversations).map((row) => Number(row['p95, ms'])))
const [fewest = 0, most = 0] = [Math.min(...asked.conversations), Math.max(...asked.conversations)]
ratio(`the slowest view’s p95 at ${most} conversations / at ${fewest}`, slowest(most) / slowest(fewest))
await driver.close()
await prisma.$disconnect()
process.exit(0)
