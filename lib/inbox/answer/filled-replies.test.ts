import { afterAll, beforeEach, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import type { Incoming } from '@/lib/platforms'
import { saveMacro, saveSavedReply } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { runMacro } from '../desk/run-macro'
import { getConversation } from '../lists/queries'
import { checkAlike } from './alike-desk'
import { answerAlike } from './answer-alike'
import { filledReplies } from './filled-replies'
import { writeReply } from './write-reply'

afterAll(() => closeDesk())

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId: string
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner', 'Ada Winter')
  accountId = await desk.account('facebook')
})

const says = (name: string, text: string, more: Partial<Incoming> = {}) => {
  const author = { externalId: `u-${name}`, handle: `@${name.toLowerCase()}`, displayName: `${name} Moor` }
  return hears(desk, accountId, name, text, { author, ...more })
}
const text = 'Hi {{contact.first_name}} ({{contact.handle}}), {{account.handle}}'
const greeting = async () => must(await saveSavedReply(owner, { name: 'Hi', text })).id
const greets = async () =>
  must(await saveMacro(owner, { name: 'Greet', steps: [{ do: 'reply', savedReplyId: await greeting() }] })).id
const answersOf = async () =>
  (await prisma.reply.findMany({ where: { accountId } })).map((reply) => [reply.messageId, reply.text])

test('saved replies greet who wrote the message, and in a conversation the last who asked, after a like as before it', async () => {
  await greeting()
  const anna = await says('Anna', 'Lovely.')
  const ben = await says('Ben', 'When is it back?')
  await says('Cleo', '', { kind: 'reaction', reaction: 'like' })
  const read = async (where: { readonly messageId?: string; readonly conversationId?: string }) =>
    must(await filledReplies(owner, where)).map(({ rendered }) => rendered)
  expect(await read({ messageId: anna.id })).toEqual(['Hi Anna (@anna), @ada-facebook'])
  expect(await read({ messageId: ben.id })).toEqual(['Hi Ben (@ben), @ada-facebook'])
  expect(await read({ conversationId: ben.conversationId })).toEqual(['Hi Ben (@ben), @ada-facebook'])
  expect(await read({})).toEqual([null])
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: ben.identityId ?? '' } })
  must(await updateContact(owner, { contactId, name: 'Benjamin' }))
  expect(await read({ messageId: ben.id })).toEqual(['Hi Benjamin (@ben), @ada-facebook'])
  const strange = await filledReplies(await (await newDesk()).as('owner'), { messageId: ben.id })
  expect(strange).toMatchObject({ error: { code: 'NOT_FOUND' } })
})

test('where nobody said anything that wants an answer, a saved reply says so', async () => {
  await greeting()
  const { conversationId } = await says('Cleo', '', { kind: 'reaction', reaction: 'like' })
  expect(must(await filledReplies(owner, { conversationId }))).toMatchObject([
    { rendered: null, problem: 'There is nothing here to answer.' },
  ])
})

test('a macro answers the last who asked, by their name, also after a like', async () => {
  const macroId = await greets()
  const { conversationId } = await says('Anna', 'Lovely.')
  const ben = await says('Ben', 'When is it back?')
  await says('Cleo', '', { kind: 'reaction', reaction: 'like' })
  expect(must(await runMacro(owner, { macroId, conversationIds: [conversationId] })).items).toMatchObject([
    { ok: true },
  ])
  expect(await answersOf()).toEqual([[ben.id, 'Hi Ben (@ben), @ada-facebook']])
})

test('a macro that is run while somebody is answered answers them, and in other conversations who asked last there', async () => {
  const macroId = await greets()
  const anna = await says('Anna', 'Lovely.')
  await says('Ben', 'When is it back?')
  const dora = await says('Dora', 'Hello?', { conversation: 'elsewhere' })
  const conversationIds = [anna.conversationId, dora.conversationId]
  const answering = { messageId: anna.id, privately: false, fence: 0 }
  expect(must(await runMacro(owner, { macroId, conversationIds, answering })).done).toBe(2)
  expect((await answersOf()).toSorted()).toEqual(
    [
      [anna.id, 'Hi Anna (@anna), @ada-facebook'],
      [dora.id, 'Hi Dora (@dora), @ada-facebook'],
    ].toSorted(),
  )
})

test('a macro that is run while somebody is answered privately answers them alone', async () => {
  const macroId = await greets()
  const { id, conversationId } = await says('Anna', 'Lovely.')
  const answering = { messageId: id, privately: true, fence: 0 }
  const { conversationId: other } = await says('Dora', 'Hello?', { conversation: 'elsewhere' })
  for (const asked of [
    { macroId, conversationIds: [other], answering },
    { macroId, conversationIds: [conversationId, other], answering: { messageId: 'gone', privately: true, fence: 0 } },
  ])
    expect(await runMacro(owner, asked)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(await answersOf()).toEqual([])
  const asked = { macroId, conversationIds: [conversationId], answering }
  expect(must(await runMacro(owner, asked)).items).toMatchObject([{ ok: true }])
  expect(await prisma.reply.findMany({ where: { messageId: id }, select: { privatelyTo: true } })).toEqual([
    { privatelyTo: expect.stringContaining('Anna') },
  ])
})

test('of what may be answered its network says which kinds: a like is none', async () => {
  const { conversationId } = await says('Anna', 'Lovely.')
  const { answering } = must(await getConversation(owner, { conversationId }))
  expect(answering.kinds).toContain('comment')
  expect(answering.kinds).not.toContain('reaction')
})

const outage = (order: number) => `Your shop is down again and I paid for order #${order}. Where is my gift box?`

test('one answer to all who say nearly the same greets who said it, not who began their thread', async () => {
  const anna = await says('Anna', 'Lovely.')
  const ben = await says('Ben', outage(48_101))
  const dora = await says('Dora', outage(48_102), { conversation: 'elsewhere' })
  // What is on its way to somebody else under the same post is no answer to Ben.
  must(await writeReply(owner, { messageId: anna.id, text: 'Thank you!' }))
  const asked = { conversationId: dora.conversationId, text: 'Hello {{contact.first_name}}, we are back.' }
  const desks = must(await checkAlike(owner, asked)).items
  expect(desks.map(({ name, problem }) => [name, problem]).toSorted()).toEqual([
    ['Ben Moor', null],
    ['Dora Moor', null],
  ])
  must(await answerAlike(owner, asked))
  expect((await answersOf()).filter(([to]) => to !== anna.id).toSorted()).toEqual(
    [
      [ben.id, 'Hello Ben, we are back.'],
      [dora.id, 'Hello Dora, we are back.'],
    ].toSorted(),
  )
})
