import { prisma } from '@/lib/core/db'
import { newDesk } from '@/lib/inbox/desk.fixture'
import { Reasons } from '@/lib/inbox/schema'
import { appConfig, platforms } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { storeIncoming } from '@/lib/workspace/incoming'
import { routes } from '@/worker/routes'
import { dice, flood, shuffled } from './flood'

type Page = { readonly system: Ctx; readonly accountId: string }

/** As the worker does in a flood: several jobs at a time, each with some of what came. */
const crowd = { atOnce: 80, jobs: 8 }

/** A page in a workspace of its own, so that nobody else is told of it. */
async function newPage(): Promise<Page> {
  const desk = await newDesk()
  return { system: desk.system, accountId: await desk.account('facebook') }
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

/** Does what the worker does with what waits, `atOnce` at a time by so many jobs, until nothing of this page waits. */
async function work(
  { system, accountId }: Page,
  { atOnce, jobs }: { readonly atOnce: number; readonly jobs: number },
  onHandled?: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const waiting = await prisma.incomingEvent.findMany({
      where: { handledAt: null, accountExternalId: accountId },
      take: atOnce,
      orderBy: { id: 'asc' },
    })
    const shares = Array.from({ length: jobs }, (_, job) => waiting.filter((_row, n) => n % jobs === job))
    await Promise.all(
      shares
        .filter((share) => share.length > 0)
        .map((share) => run('workspace.handleIncoming', system, { incomingIds: share.map(({ id }) => id) })),
    )
    const told = await prisma.eventOutbox.findMany({
      where: { workspaceId: system.workspaceId },
      take: atOnce,
      orderBy: { eventId: 'asc' },
    })
    if (told.length > 0) await run('workspace.deliverEvents', system, { eventIds: told.map(({ eventId }) => eventId) })
    if (waiting.length + told.length === 0) return
    await onHandled?.()
  }
}

/** Everything kept of a page, without what is random or depends on the moment or the page's own name. */
async function kept({ accountId }: Page): Promise<readonly unknown[]> {
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
      reasons,
      ...row
    }) => ({
      ...row,
      reasons: withName(Reasons.parse(reasons), row.messages),
      contact: row.contact && [
        row.contact.name,
        row.contact.lastSeenAt,
        row.contact.identities.map(({ externalId, handle, displayName }) => [externalId, handle, displayName]),
      ],
      messages: row.messages.map(
        ({
          id: _m,
          conversationId: _cc,
          workspaceId: _ww,
          identityId: _i,
          receivedAt: _r,
          needSeenAt: _seen,
          againAt: _again,
          ...message
        }) => message,
      ),
    }),
  )
  return JSON.parse(JSON.stringify(plain).replaceAll(accountId, 'PAGE')) as readonly unknown[]
}

/** The message that a conversation is weighed by goes by its name at the network. */
const withName = (
  { messageId, ...reasons }: Reasons,
  messages: readonly { readonly id: string; readonly externalId: string }[],
) => ({ ...reasons, weighedBy: messages.find(({ id }) => id === messageId)?.externalId })

export type Replayed = {
  /** How many of the reports of the second page were new at the door. */
  readonly fresh: number
  readonly messages: number
  /** Everything kept after one ordered pass, and after the flood. */
  readonly ordered: readonly unknown[]
  readonly flooded: readonly unknown[]
}

/**
 * Plays a flood to one page in its order, once, and to another twice in random order, many at a time, the worker's work
 * in between, so that edits and removals also come before what they are about.
 * @param q.orderedAtOnce how many come, and are worked on, at a time in the ordered pass
 */
export async function replay(q: {
  readonly events: number
  readonly seed: number
  readonly orderedAtOnce: number
  onProgress?(what: string, done: number, of: number): void
}): Promise<Replayed> {
  const { events, seed } = q
  const [ordered, flooded] = [await newPage(), await newPage()]
  const inOrder = flood(ordered.accountId, events, seed)
  for (let at = 0; at < inOrder.length; at += q.orderedAtOnce) {
    // Those that come together are kept in the order in which they were given.
    await Promise.all(inOrder.slice(at, at + q.orderedAtOnce).map(door))
    q.onProgress?.('reports stored in their order', Math.min(at + q.orderedAtOnce, events), events)
  }
  await work(ordered, { atOnce: q.orderedAtOnce, jobs: 1 }, async () => {
    const messages = await prisma.message.count({ where: { accountId: ordered.accountId } })
    q.onProgress?.('messages of the ordered pass', messages, events)
  })
  const bodies = flood(flooded.accountId, events, seed)
  const replayed = shuffled([...bodies, ...bodies], dice(seed + 4))
  let fresh = 0
  for (let at = 0; at < replayed.length; at += 40) {
    fresh += (await Promise.all(replayed.slice(at, at + 40).map(door))).reduce((sum, n) => sum + n, 0)
    if (at % 400 === 0) await work(flooded, crowd)
    q.onProgress?.('reports of the flood', Math.min(at + 40, replayed.length), replayed.length)
  }
  await work(flooded, crowd)
  const messages = await prisma.message.count({ where: { accountId: flooded.accountId } })
  return { fresh, messages, ordered: await kept(ordered), flooded: await kept(flooded) }
}
