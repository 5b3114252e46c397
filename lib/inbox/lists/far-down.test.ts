import { afterAll, beforeAll, expect, test } from 'vitest'
import { bareDriver, statementsOf } from '@/bench/calendar/statements'
import { must } from '@/lib/accounts/connected.fixture'
import { listContacts } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { listMedia } from '@/lib/media'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { listDrafts } from '../drafting/list-drafts'
import { listInteractions } from './interactions'
import { listMessages } from './messages'

const [rows, page] = [4_000, 20]

let owner: Ctx
let conversationId = ''
beforeAll(async () => {
  const desk = await newDesk()
  owner = await desk.as('owner')
  const accountId = await desk.account('facebook')
  conversationId = (await hears(desk, accountId, 'Rosa', 'Hello')).conversationId
  const [workspaceId, mark] = [desk.workspace.id, newId()]
  // Three of one moment each, so that pages end between equals.
  const at = `now()::timestamp(3) - (n / 3) * interval '1 minute'`
  await prisma.$transaction(
    [
      `insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", kind, own, text, at, "textAt", "authorName", "authorHandle", source, via)
      select '${mark}' || n, '${workspaceId}', '${conversationId}', '${accountId}', '${mark}' || n, 'comment', false, 'Number ' || n, ${at}, ${at}, 'Rosa', '@rosa', '{}', 'webhook'
      from generate_series(1, ${rows}) n`,
      `insert into "Contact" (id, "workspaceId", name, "lastSeenAt", "updatedAt")
      select '${mark}' || n, '${workspaceId}', 'Rosa ' || n, ${at}, ${at} from generate_series(1, ${rows}) n`,
      `insert into "AiDraft" (id, "workspaceId", "conversationId", "messageId", origin, text, confidence, reasons, sources, problems, "requestedById", "createdAt")
      select '${mark}' || n, '${workspaceId}', '${conversationId}', '${mark}' || n, 'template', 'Thank you', 1, '{}', '[]', '[]', 'nobody', ${at}
      from generate_series(1, ${rows}) n`,
      `insert into "Media" (id, "workspaceId", kind, mime, name, "sizeBytes", sha256, "storageKey", "createdById")
      select '${mark}' || n, '${workspaceId}', 'image', 'image/png', 'a.png', 1, 'hash' || n / 3, '${mark}' || n, 'nobody'
      from generate_series(1, ${rows}) n`,
    ].map((statement) => prisma.$executeRawUnsafe(statement)),
  )
  for (const table of ['Message', 'Contact', 'AiDraft', 'Media']) await prisma.$executeRawUnsafe(`analyze "${table}"`)
}, 120_000)
afterAll(() => closeDesk())

type Read = (from: string | undefined) => Promise<{ items: readonly { id: string }[]; next: string | null }>
const lists: Readonly<Record<string, Read>> = {
  'what was said in a conversation': async (before) =>
    must(await listMessages(owner, { conversationId, before, take: page })),
  'all that was said to us': async (cursor) => must(await listInteractions(owner, { cursor, take: page })),
  people: async (cursor) => must(await listContacts(owner, { cursor, take: page })),
  drafts: async (cursor) => must(await listDrafts(owner, { cursor, take: page })),
}

test.each(Object.keys(lists))('%s: a page far down is not read from the top again', async (name) => {
  const read = lists[name]
  if (!read) throw new Error('no such list')
  const seen: string[] = []
  let from: string | undefined
  do {
    const { items, next } = await read(from)
    seen.push(...items.map(({ id }) => id))
    if (!next) break
    from = next
  } while (seen.length < rows * 0.9)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThanOrEqual(rows * 0.9)
  const driver = await bareDriver()
  try {
    // Pages of a few rows each, and what stands beside them.
    expect(await driver.rowsLookedAt(await statementsOf(() => read(from)))).toBeLessThan(page * 20)
  } finally {
    await driver.close()
  }
})

test('doubles stand beside one another, page after page', async () => {
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const { items, next } = must(await listMedia(owner, { duplicates: true, take: 100, cursor }))
    seen.push(...items.map(({ id }) => id))
    cursor = next ?? undefined
  } while (cursor && seen.length < 500)
  const wanted = await prisma.media.findMany({
    where: { workspaceId: owner.workspaceId, sha256: { notIn: ['hash0', `hash${Math.floor(rows / 3)}`] } },
    orderBy: [{ sha256: 'asc' }, { id: 'asc' }],
    take: seen.length,
    select: { id: true },
  })
  expect(seen.slice(2)).toEqual(wanted.map(({ id }) => id).slice(0, seen.length - 2))
})
