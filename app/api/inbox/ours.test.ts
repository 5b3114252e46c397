import { afterAll, beforeAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { hears } from '@/lib/inbox/desk.fixture'
import { systemIn } from '@/lib/workspace/testing'
import { apiWorld, keyedDesk } from '../world.fixture'

let api: Awaited<ReturnType<typeof apiWorld>>
let desk: Awaited<ReturnType<typeof keyedDesk>>
let key = ''
let conversationId = ''
beforeAll(async () => {
  api = await apiWorld()
  desk = await keyedDesk()
  ;({ key } = await desk.newKey(['inbox.read', 'inbox.triage', 'inbox.draft']))
  const accountId = await desk.account('facebook')
  const system = { system: await systemIn(desk.workspaceId) }
  const chat = { externalId: 'ours-1', kind: 'dm' as const, conversation: 'with ours' }
  const message = await hears(system, accountId, 'ours-1', 'Hello?', chat)
  conversationId = message.conversationId
  for (const n of [1, 2, 3, 4, 5]) {
    await api.post(`/api/inbox/conversations/${conversationId}/notes`, { key, body: { text: `${n}` } })
    await api.post(`/api/inbox/messages/${message.id}/reply`, { key, body: { text: `${n}`, forApproval: true } })
  }
  // Of one moment, as those of an import or of many at once may be.
  await prisma.reply.updateMany({ where: { conversationId }, data: { createdAt: new Date() } })
})
afterAll(() => api.close())

/** Everything, two at a time. @returns the pages as they came, and whether each but the last named the next in `Link` */
async function leaf(what: 'replies' | 'notes') {
  const pages: string[][] = []
  const at = `/api/inbox/conversations/${conversationId}/${what}`
  let next: string | null = ''
  while (next !== null) {
    const { body, headers } = await api.get(`${at}?limit=2${next && `&cursor=${next}`}`, { key })
    pages.push(body[what].map(({ text }: { text: string }) => text))
    expect(headers.has('link')).toBe(body.next !== null)
    next = body.next
  }
  return pages
}

test('our answers and notes are read by key to the first of them, the latest page first', async () => {
  expect(await leaf('notes')).toEqual([['4', '5'], ['2', '3'], ['1']])
  expect(await leaf('replies')).toEqual([['4', '5'], ['2', '3'], ['1']])
})

test.each(['messages', 'replies', 'notes'])(
  'a key that is none of this conversation’s is refused for its %s',
  async (what) => {
    const told = await api.get(`/api/inbox/conversations/${conversationId}/${what}?cursor=${newId()}`, { key })
    expect(told.status).toBe(422)
  },
)
