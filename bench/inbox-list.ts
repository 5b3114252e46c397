/**
 * The inbox's list, page after page, while the table grows, against the same statements by the bare driver and against
 * the least that any question costs.
 */
import { prisma } from '@/lib/core/db'
import { makeOwner } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { listConversations } from '@/lib/inbox'
import { bareDriver, statementsOf } from './calendar/statements'
import { head, only, percentile, ratio, shown, sizes } from './report'

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

/** Conversations of one workspace, two of three done, spread over a year. Written by the database itself. */
async function fillTo(workspaceId: string, accountId: string, conversations: number): Promise<void> {
  const there = await prisma.conversation.count()
  await prisma.$transaction(
    async (db) => {
      await db.$executeRaw`set local session_replication_role = replica`
      await db.$executeRaw`
        insert into "Conversation" (id, "workspaceId", "accountId", platform, "externalKey", kind, state, priority, excerpt,
          "lastMessageAt", "lastInboundAt", "updatedAt")
        select uuidv7()::text, ${workspaceId}, ${accountId}, 'x', 'c' || n, 'dm',
          (case when n % 3 = 0 then 'todo' else 'done' end)::"ConversationState", 1 + (n % 100 * 79) % 100,
          'Where is my order, number ' || n, at, at, at
        from (select n, timestamp '2026-01-01' + (n::bigint * 7919 % 525600) * interval '1 minute' as at
          from generate_series(${there + 1}::int, ${conversations}::int) n) rows`
    },
    { timeout: 600_000, maxWait: 10_000 },
  )
  await prisma.$executeRawUnsafe('vacuum analyze "Conversation"')
}

head(`Inbox list: pages of 40, ${calls} calls one after the other`)
const ctx = await makeOwner()
const accountId = newId()
await prisma.account.create({
  data: {
    id: accountId,
    workspaceId: ctx.workspaceId,
    platform: 'x',
    method: 'account',
    kind: 'person',
    externalId: accountId,
    handle: '@bench',
    displayName: 'Bench',
    profileUrl: 'https://x.com/bench',
    scopes: [],
    credentialsSealed: 'none',
    tokenIssuedAt: new Date(),
  },
})
const driver = await bareDriver()
const table: Record<string, string | number>[] = []
for (const conversations of asked.conversations) {
  await fillTo(ctx.workspaceId, accountId, conversations)
  for (const sort of ['newest', 'priority'] as const) {
    const ask = async () => {
      const found = await listConversations(ctx, { view: 'todo', sort })
      if (!found.ok || found.value.items.length === 0) throw new Error('The list is empty')
    }
    await ask()
    const statements = await statementsOf(ask)
    const [ours, bare, least] = [
      await timed(ask),
      await timed(() => driver.run(statements)),
      await timed(() => driver.run([{ text: 'select 1', values: [] }])),
    ]
    const figures = (of: string, took: readonly number[]) => ({
      conversations,
      sort,
      of,
      'p50, ms': shown(percentile(took, 0.5)),
      'p95, ms': shown(percentile(took, 0.95)),
    })
    table.push(
      figures('listConversations', ours),
      figures(`its ${statements.length} statements by pg`, bare),
      figures('select 1 by pg', least),
    )
    ratio(
      `listConversations by ${sort} / its statements by pg, p95 at ${conversations}`,
      percentile(ours, 0.95) / percentile(bare, 0.95),
    )
  }
}
console.table(table)
await driver.close()
await prisma.$disconnect()
process.exit(0)
