import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { readingsOf } from '@/bench/calendar/readings'
import { prisma } from '@/lib/core/db'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { closeAll, hoursAhead, must, newDesk } from '../desk.test-data'
import { getPost } from '../lists/get'
import { createPost } from '../write/create'

afterAll(closeAll)

test('the tries of a step are found without reading those of all others, and go with it so, too', async () => {
  const desk = await newDesk()
  const owner = await desk.as('owner')
  const targets = [{ accountId: await desk.account() }]
  const when = { kind: 'instant', at: hoursAhead(5) } as const
  const { postId } = must(await createPost(owner, { content: { text: 'Soon' }, targets, when }))
  const { id: variantId } = await prisma.variant.findFirstOrThrow({ where: { postId } })
  const [workspaceId, stepId] = [desk.workspace.id, newId()]
  await prisma.step.create({
    data: { id: stepId, workspaceId, variantId, position: 0, kind: 'post', intent: {}, uploads: {} },
  })
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    // Others' tries, whose steps need not be there for it.
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into "Attempt" (id, "workspaceId", "variantId", "stepId", fence, purpose, worker, "startedAt", outcome)
      select 'a' || n, $1, 'v' || n, 's' || n, 1, 'send', 'w', now(), 'accepted' from generate_series(1, 20000) n`,
      [workspaceId],
    )
    await client.query('analyze "Attempt"')
    const ofTries = (await readingsOf(() => getPost(owner, { postId }))).filter(({ table }) => table === 'Attempt')
    // As the foreign key asks when a step goes.
    const { rows } = await client.query(
      `explain (format json) delete from only "Attempt" where $1 = "workspaceId" and $2 = "stepId"`,
      [workspaceId, stepId],
    )
    expect(JSON.stringify(rows)).toContain('Attempt_workspaceId_stepId_startedAt_idx')
    expect(ofTries).toMatchObject([{ index: 'Attempt_workspaceId_stepId_startedAt_idx' }])
  } finally {
    await client.end()
  }
})
