import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { connectByForm } from '@/lib/accounts'
import { ask, makeOwner, must } from '@/lib/accounts/connected.fixture'
import { updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import { closeDoors } from '@/lib/core/rate'
import type { Ctx } from '@/lib/workspace'
import { asSystem } from '@/lib/workspace/system'
import { startSandbox, type Sandbox } from '@/sandbox/start'
import { approveReply, cancelReply, tryReplyAgain } from './decide-reply'
import { closeDesk } from '../desk.fixture'
import { openDoor } from '../door.fixture'
import { getConversation } from '../lists/queries'
import { reconcileReply } from './reconcile-reply'
import { listReplyTemplates } from './reply-templates'
import { defaultFactors } from '../triage/score'
import { fillTemplate } from '../schema'
import { sendReply } from './send-reply'
import { proposeReply, writeReply } from './write-reply'

let sandbox: Sandbox
let door: Awaited<ReturnType<typeof openDoor>>
let owner: Ctx
let system: Ctx
let accountId = ''

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  const url = sandbox.networks.whatsapp?.url ?? ''
  Object.assign(process.env, {
    WHATSAPP_API_URL: url,
    WHATSAPP_WEB_URL: url,
    WHATSAPP_CLIENT_SECRET: 'sandbox-secret',
    WHATSAPP_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    NETWORK_TIMEOUT_MS: '1500',
  })
  owner = await makeOwner()
  system = (await asSystem(owner.workspaceId, 'test')) ?? owner
  const values = { number: '106540352242922', token: 'EAAsandboxSystemUserNorthwind' }
  const connected = must(await connectByForm(owner, { platform: 'whatsapp', method: 'number', values }))
  accountId = connected.accounts[0]?.id ?? ''
  await prisma.triageSettings.create({
    data: { workspaceId: owner.workspaceId, factors: defaultFactors, undoSeconds: 0 },
  })
  door = await openDoor('whatsapp', 'number')
  await ask(sandbox, '/portal', {
    network: 'whatsapp',
    clientId: 'posthorn-whatsapp',
    url: door.url,
    verifyToken: 'sandbox-verify',
  })
})
afterEach(async () => {
  await fetch(`${sandbox.url}/faults`, { method: 'DELETE' })
})
afterAll(async () => {
  await sandbox.close()
  await door.close()
  await closeDoors()
  await closeDesk()
})

const hear = (count: number, fits: (externalId: string) => boolean) => door.hear(system, count, fits)

const Effects = z.array(z.object({ id: z.string(), text: z.string() }))
const seen = async (text: string) =>
  Effects.parse(await ask(sandbox, '/effects?network=whatsapp')).filter((effect) => effect.text === text)

/** Somebody writes from a number of their own. @returns the message as it came in */
async function somebodyWrites(text: string, number: string) {
  const by = { handle: number, name: 'Mia Meer' }
  const spoken = { network: 'whatsapp', account: '15550783881', kind: 'dm', by, text }
  const { id } = await ask<{ id: string }>(sandbox, '/speak', spoken)
  await hear(1, (externalId) => externalId === id)
  return prisma.message.findFirstOrThrow({ where: { accountId, externalId: id } })
}
const replyOf = (id: string) => prisma.reply.findUniqueOrThrow({ where: { id } })

test('an answer in doubt is proven by the report that carries its key, and is sent no second time', async () => {
  const message = await somebodyWrites('Do you ship to Norway?', '4915200000001')
  const text = 'We do, every Tuesday.'
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text }))
  await ask(sandbox, '/faults', { network: 'whatsapp', fault: 'timeout_after_accept', operation: 'comment' })
  must(await sendReply(system, { replyId }))
  const [effect] = await seen(text)
  await hear(1, (externalId) => externalId === `${effect?.id}:sent`)
  const proven = await replyOf(replyId)
  expect([proven.state, proven.externalId, proven.proof]).toEqual([
    'sent',
    effect?.id,
    expect.objectContaining({ by: 'webhook' }),
  ])
  expect(must(await sendReply(system, { replyId }))).toEqual({ did: 'skipped' })
  expect(await seen(text)).toHaveLength(1)
})

test('an answer of which nothing was reported stays in doubt: silence is not absence', async () => {
  const message = await somebodyWrites('Anyone there?', '4915200000002')
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'We are.' }))
  await ask(sandbox, '/faults', { network: 'whatsapp', fault: 'drop_request', operation: 'comment' })
  must(await sendReply(system, { replyId }))
  await prisma.reply.update({ where: { id: replyId }, data: { notBefore: null } })
  expect(must(await reconcileReply(system, { replyId })).did).toBe('later')
  expect((await replyOf(replyId)).state).toBe('unknown')
  expect(await seen('We are.')).toEqual([])
})

test('what was taken and reached nobody is refused with its reason; a template reaches them', async () => {
  const message = await somebodyWrites('Is it fair trade?', '4915200000003')
  // The network's clock alone runs ahead: to us the time to answer is not over.
  await ask(sandbox, '/clock', { advanceMs: 25 * 3_600_000 })
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text: 'It is.' }))
  must(await sendReply(system, { replyId }))
  const { externalId } = await replyOf(replyId)
  await hear(1, (name) => name === `${externalId}:failed`)
  const refused = await replyOf(replyId)
  expect([refused.state, refused.reason]).toEqual([
    'refused',
    { kind: 'refused', message: expect.stringContaining('24 hours') },
  ])
  expect(await prisma.message.findFirst({ where: { accountId, externalId: externalId ?? '' } })).toMatchObject({
    deletedAt: expect.any(Date),
  })

  const again = must(await tryReplyAgain(owner, { replyId }))
  must(await cancelReply(owner, { replyId: again.replyId }))

  const conversationId = message.conversationId
  const [template] = must(await listReplyTemplates(owner, { conversationId })).filter(({ values }) => values === 2)
  if (!template) throw new Error('There is no template')
  // To us it is over now, too.
  await prisma.conversation.update({ where: { id: conversationId }, data: { lastInboundAt: new Date(0) } })
  expect(must(await getConversation(owner, { conversationId })).answering).toMatchObject({
    open: false,
    templates: true,
  })
  const asked = { messageId: message.id, text: fillTemplate(template.text, ['Mia', 'n1042']) }
  expect(await writeReply(owner, asked)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } })
  const chosen = { name: template.name, language: template.language, values: ['Mia', 'n1042'] }
  const late = must(await writeReply(owner, { ...asked, template: chosen }))
  must(await sendReply(system, { replyId: late.replyId }))
  expect(await seen(asked.text)).toHaveLength(1)
})

test('who refused to hear from us gets answers, and a template on a person’s word alone', async () => {
  const message = await somebodyWrites('Do not write to me any more', '4915200000004')
  const { contactId } = await prisma.contactIdentity.findUniqueOrThrow({ where: { id: message.identityId ?? '' } })
  const { conversationId, id: messageId } = message
  expect(must(await getConversation(owner, { conversationId })).refusesContact).toBe(false)
  must(await updateContact(owner, { contactId, consent: { marketing: 'refused', source: 'said so' } }))
  expect(must(await getConversation(owner, { conversationId })).refusesContact).toBe(true)
  must(await writeReply(owner, { messageId, text: 'We do not.' }))

  const [template] = must(await listReplyTemplates(owner, { conversationId })).filter(({ values }) => values === 2)
  if (!template) throw new Error('There is no template')
  const chosen = { name: template.name, language: template.language, values: ['Mia', 'n1042'] }
  const asked = { messageId, text: fillTemplate(template.text, chosen.values), template: chosen }
  const refused = {
    ok: false,
    error: {
      code: 'CONFLICT',
      message: expect.stringContaining('refused'),
      fields: { despiteRefusal: [expect.any(String)] },
    },
  }
  // To send it although somebody else answers is another word.
  expect(await writeReply(owner, { ...asked, evenSo: true })).toMatchObject(refused)
  const proposed = must(await proposeReply(owner, { ...asked, despiteRefusal: true }))
  const { replyId } = proposed
  // Whoever lets it go says so, too.
  expect(await approveReply(owner, { replyId })).toMatchObject(refused)
  must(await approveReply(owner, { replyId, despiteRefusal: true }))
  must(await sendReply(system, { replyId }))
  expect(await seen(asked.text)).toHaveLength(2)
  expect(
    await prisma.event.findFirstOrThrow({ where: { subjectId: conversationId, type: 'reply.approved' } }),
  ).toMatchObject({
    particulars: { replyId, despiteRefusal: true },
  })

  must(await updateContact(owner, { contactId, consent: { marketing: 'given', source: 'wrote' } }))
  must(await writeReply(owner, { ...asked, text: fillTemplate(template.text, ['Mia', 'n1043']) }))
})

test('an answer with a picture goes out once, also when WhatsApp did not say so, and is proven by its key', async () => {
  const message = await somebodyWrites('What does the box look like?', '4915200000009')
  const body = streamOf(await picture(640, 400).jpeg().toBuffer())
  const { id: mediaId } = must(await uploadMedia(owner, { name: 'box.jpg', alt: 'The box', body }))
  const text = 'This is the box.'
  const { replyId } = must(await writeReply(owner, { messageId: message.id, text, mediaIds: [mediaId] }))
  await ask(sandbox, '/faults', { network: 'whatsapp', fault: 'timeout_after_accept', operation: 'comment' })
  must(await sendReply(system, { replyId }))
  expect((await replyOf(replyId)).state).toBe('unknown')
  const [effect] = await seen(text)
  await hear(1, (externalId) => externalId === `${effect?.id}:sent`)
  expect(await replyOf(replyId)).toMatchObject({ state: 'sent', externalId: effect?.id })
  expect(await seen(text)).toHaveLength(1)
})
