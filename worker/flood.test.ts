import { afterAll, expect, test } from 'vitest'
import { dice, flood, shuffled } from '@/bench/inbox/flood'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import { closeDesk, newDesk } from '@/lib/inbox/desk.fixture'
import { appConfig, platforms } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { routes } from './routes'

afterAll(async () => {
  await Promise.all([closeQueues(), closeRealtime()])
  await closeDesk()
})

/** A page in a workspace of its own, so that nobody else is told of it. */
async function newPage() {
  const desk = await newDesk()
  const accountId = await desk.account('facebook')
  return { system: desk.system, accountId, page: accountId }
}

const door = async (body: string): Promise<number> => {
  const app = appConfig('facebook', 'pages', process.env)
  const read = platforms.facebook.webhook?.read(new TextEncoder().encode(body), app)
  if (!read?.ok) throw new Error('the door did not understand its own report')
  return storeIncoming('facebook', read.value)
}

async function run(name: string, system: Ctx, payload: object): Promise<void> {
  const route = routes.find(({ job }) => job.name === name)
  if (!route) throw new Error(`${name} has no route`)
  const done = await (route.scope === 'house' ? route.run(payload) : route.run(system, payload))
  if (!done.ok) throw new Error(done.error.message)
}

/** Does what the worker does with what waits, some at a time, until nothing of this workspace waits. */
async function work(system: Ctx, page: string, atOnce: number): Promise<void> {
  for (;;) {
    const waiting = await prisma.incomingEvent.findMany({
      where: { handledAt: null, accountExternalId: page },
      take: atOnce,
      orderBy: { id: 'asc' },
    })
    await Promise.all(waiting.map(({ id }) => run('workspace.handleIncoming', system, { incomingId: id })))
    const told = await prisma.eventOutbox.findMany({ where: { workspaceId: system.workspaceId }, take: atOnce })
    if (told.length > 0) await run('workspace.deliverEvents', system, { eventIds: told.map(({ eventId }) => eventId) })
    if (waiting.length + told.length === 0) return
  }
}

/** Everything kept of a page, without what is random or depends on the moment or the page's own name. */
async function kept(accountId: string): Promise<unknown> {
  const rows = await prisma.conversation.findMany({
    where: { accountId },
    orderBy: { externalKey: 'asc' },
    include: {
      messages: { orderBy: { externalId: 'asc' } },
      contact: { include: { identities: { orderBy: { externalId: 'asc' } } } },
    },
  })
  const plain = rows.map(
    ({
      id: _id,
      createdAt: _made,
      updatedAt: _changed,
      workspaceId: _w,
      contactId: _c,
      identityId: _who,
      routedAt: _routed,
      ...row
    }) => ({
      ...row,
      contact: row.contact && [
        row.contact.name,
        row.contact.lastSeenAt,
        row.contact.identities.map(({ externalId, handle, displayName }) => [externalId, handle, displayName]),
      ],
      messages: row.messages.map(
        ({ id: _m, conversationId: _cc, workspaceId: _ww, identityId: _i, receivedAt: _r, ...message }) => message,
      ),
    }),
  )
  return JSON.parse(JSON.stringify(plain).replaceAll(accountId, 'PAGE')) as unknown
}

test('a flood replayed twice in random order, many at once, ends in exactly the state of one ordered pass', async () => {
  const events = Number(process.env.FLOOD_EVENTS ?? 250)
  const [ordered, flooded] = [await newPage(), await newPage()]
  for (const body of flood(ordered.page, events, 7)) await door(body)
  await work(ordered.system, ordered.page, 1)
  const bodies = flood(flooded.page, events, 7)
  const replayed = shuffled([...bodies, ...bodies], dice(11))
  let fresh = 0
  for (let at = 0; at < replayed.length; at += 40) {
    fresh += (await Promise.all(replayed.slice(at, at + 40).map(door))).reduce((sum, n) => sum + n, 0)
    // Between crowds, so that edits and removals also come before what they are about.
    if (at % 200 === 0) await work(flooded.system, flooded.page, 60)
  }
  await work(flooded.system, flooded.page, 60)
  expect(fresh).toBe(events)
  expect(await prisma.message.count({ where: { accountId: flooded.accountId } })).toBeGreaterThan(events / 3)
  expect(await kept(flooded.accountId)).toEqual(await kept(ordered.accountId))
}, 300_000)
