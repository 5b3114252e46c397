import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { saveKnowledge } from '@/lib/ai'
import { startStandIn } from '@/lib/ai/stand-in.fixture'
import { mergeContacts, updateContact } from '@/lib/contacts'
import { prisma } from '@/lib/core/db'
import { must } from '@/lib/accounts/connected.fixture'
import type { Incoming } from '@/lib/platforms'
import { saveLabel, saveRule } from '@/lib/routing'
import type { Ctx } from '@/lib/workspace'
import { closeDesk, hears, newDesk } from '../desk.fixture'
import { takeReading } from '../triage/take-reading'
import { saveAiPolicy } from './ai-policies'
import { considerMessage, noticeMessage } from './consider'
import { draftReply } from './draft-reply'

let model: Awaited<ReturnType<typeof startStandIn>>
beforeAll(async () => {
  model = await startStandIn()
})
afterAll(async () => {
  await model.close()
  await closeDesk()
})

let desk: Awaited<ReturnType<typeof newDesk>>
let owner: Ctx
let accountId: string
beforeEach(async () => {
  desk = await newDesk()
  owner = await desk.as('owner')
  accountId = await desk.account('facebook')
  await model.clear()
  await saveKnowledge(owner, { title: 'Delivery', body: 'Delivery in Switzerland takes 2 to 4 days.' })
})

const says = (name: string, text: string, more: Partial<Incoming> = {}) => hears(desk, accountId, name, text, more)
const personOf = async ({ identityId }: { readonly identityId: string | null }) =>
  (await prisma.contactIdentity.findUniqueOrThrow({ where: { id: identityId ?? '' } })).contactId

async function considered({ id: messageId, kind }: { readonly id: string; readonly kind: string }) {
  await noticeMessage(desk.system, { messageId, kind, via: 'webhook' })
  const { id: readingId } = await prisma.aiReading.findUniqueOrThrow({ where: { messageId } })
  must(await considerMessage(desk.system, { readingId }))
  return prisma.aiReading.findUniqueOrThrow({ where: { id: readingId } })
}
const goesByItself = async () => {
  await model.use(owner)
  const hours = { delayMinutes: 5, hourlyCap: 10, quietFrom: '', quietTo: '' }
  must(await saveAiPolicy(owner, { accountId, mode: 'auto', threshold: 0.85, escalateTo: '', ...hours }))
}

test('everybody under a post is answered by itself once, and whoever writes again gets a person', async () => {
  await goesByItself()
  for (const name of ['Anna', 'Ben', 'Cleo'])
    expect(await considered(await says(name, `How long does delivery to Bern take? ${name}`))).toMatchObject({
      decision: 'auto',
    })
  const again = await considered(await says('Anna', 'How long does delivery to Basel take?'))
  expect(again).toMatchObject({ decision: 'person', reasons: [expect.stringContaining('they wrote again')] })
})

test('in a chat it is one person, by whatever name they write', async () => {
  await goesByItself()
  const chat = { kind: 'dm', conversation: 'chat' } as const
  expect(await considered(await says('Anna', 'How long does delivery to Bern take?', chat))).toMatchObject({
    decision: 'auto',
  })
  const again = await considered(await says('Anna by phone', 'How long does delivery to Basel take?', chat))
  expect(again).toMatchObject({ decision: 'person' })
})

test('a draft knows what its reader said elsewhere, nobody else’s words, and who is who in the thread', async () => {
  await model.use(owner)
  await says('Anna', 'I hate my blue kettle.', { conversation: 'other' })
  await says('Ben', 'My red teapot is great.', { conversation: 'another' })
  await says('Anna', 'Mine came broken.')
  const asked = await says('Ben', 'How long does delivery take?')
  must(await draftReply(owner, { messageId: asked.id }))
  const told = (await model.calls())
    .map((call) => call.asked)
    .join('\n')
    .replaceAll('\\', '')
  expect(told).toContain('"earlier":["My red teapot is great."]')
  expect(told).not.toContain('blue kettle')
  expect(told).toContain(
    '{"by":"others","text":"Mine came broken."},{"by":"them","text":"How long does delivery take?"}',
  )
})

test('a rule for people with a tag goes by who wrote the message, also where the tag is of a contact merged into theirs', async () => {
  const { id: labelId } = must(await saveLabel(owner, { name: 'VIP', colour: 'red' }))
  const { id: ruleId } = must(
    await saveRule(owner, {
      name: 'VIPs',
      moment: 'message',
      conditions: { contactTags: ['VIP'] },
      actions: [{ do: 'label', labelIds: [labelId] }],
    }),
  )
  const [ben, other] = [
    await says('Ben', 'Hello', { conversation: 'a' }),
    await says('Benno', 'Hi', { conversation: 'b' }),
  ]
  must(await updateContact(owner, { contactId: await personOf(other), tags: ['Vip'] }))
  must(await mergeContacts(owner, { contactId: await personOf(ben), otherId: await personOf(other) }))
  const anna = await says('Anna', 'First!')
  const firedFor = async () =>
    (await prisma.ruleFiring.findMany({ where: { ruleId }, select: { cause: true } })).map(({ cause }) => cause)
  expect(await firedFor()).toEqual([])
  const vip = await says('Ben', 'When is it back?')
  expect(await firedFor()).toEqual([vip.id])
  await says('Anna', 'And mine?')
  expect(await firedFor()).toEqual([vip.id])
  // Who began a thread gives nobody else in it their tag.
  must(await updateContact(owner, { contactId: await personOf(anna), tags: ['vip'] }))
  await says('Cleo', 'Me, too')
  expect(await firedFor()).toEqual([vip.id])
})

test('what a model reads is weighed by the stage of who wrote it', async () => {
  const anna = await says('Anna', 'First!')
  must(await updateContact(owner, { contactId: await personOf(anna), leadStage: 'customer' }))
  const ben = await says('Ben', 'Was kostet das?')
  const lead = async () => {
    const read = { intent: 'question', sentiment: 0 }
    await takeReading(desk.system, { messageId: ben.id, text: ben.text, model: read })
    return JSON.stringify((await prisma.message.findUniqueOrThrow({ where: { id: ben.id } })).reasons)
  }
  const stranger = await lead()
  must(await updateContact(owner, { contactId: await personOf(ben), leadStage: 'customer' }))
  const known = await lead()
  expect([stranger.includes('A lead already'), known.includes('A lead already')]).toEqual([false, true])
})
