import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { getBudget, listAiCalls } from '@/lib/billing'
import { prisma } from '@/lib/core/db'
import { closeQueues } from '@/lib/core/queue'
import { closeRealtime } from '@/lib/core/realtime'
import type { Ctx } from '@/lib/workspace'
import { codeOf, newMember, newWorkspace } from '@/lib/workspace/testing'
import { draftAnswer } from './draft'
import { entriesAbout, saveKnowledge } from './knowledge'
import { readMessage } from './read'
import type { DraftRequest } from './schema'
import { getAiSettings, resealAiKey, saveAiSettings } from './settings'
import { startStandIn } from './stand-in.fixture'
import { saveBrandVoice } from './voice'

let model: Awaited<ReturnType<typeof startStandIn>>
beforeAll(async () => {
  model = await startStandIn()
})
afterAll(async () => {
  await model.close()
  await closeQueues()
  await closeRealtime()
  await prisma.$disconnect()
})

let owner: Ctx
beforeEach(async () => {
  owner = (await newWorkspace()).owner
  await model.clear()
})

const asking = (message: string, more: Partial<DraftRequest> = {}): DraftRequest => ({
  messageId: 'm-1',
  conversationId: 'c-1',
  network: 'X',
  kind: 'comment',
  mostCharacters: 280,
  language: 'en',
  intent: 'question',
  message,
  author: { name: 'Rosa', handle: '@rosa' },
  thread: [{ by: 'them', text: message }],
  earlier: [],
  ourPost: null,
  ...more,
})
async function drafted(ctx: Ctx, request: DraftRequest) {
  const draft = await draftAnswer(ctx, request)
  if (!draft.ok) throw new Error(draft.error.message)
  return draft.value
}
async function knows(title: string, body: string, more: { whenSaid?: string[]; answer?: string } = {}) {
  const saved = await saveKnowledge(owner, { title, body, ...more })
  if (!saved.ok) throw new Error(saved.error.message)
  return saved.value.entryId
}
async function spent(): Promise<number> {
  const view = await getBudget(owner, {})
  if (!view.ok) throw new Error(view.error.message)
  expect(view.value.reservedMicros).toBe(0)
  return view.value.spentMicros
}
const billed = async () =>
  (await model.calls()).reduce((sum, { inputTokens, outputTokens }) => sum + inputTokens + 2 * outputTokens, 0)

describe('a draft', () => {
  test('takes its facts from the knowledge base and names them, and is paid to the cent of the provider’s meter', async () => {
    await model.use(owner)
    await knows('Returns', 'You can return shoes within 30 days.')
    const entryId = await knows('Delivery', 'Delivery in Switzerland takes 2 to 4 days.')
    const draft = await drafted(owner, asking('How long does delivery to Bern take?'))
    expect(draft).toMatchObject({
      origin: 'model',
      text: 'Thank you for your message. Delivery in Switzerland takes 2 to 4 days.',
      sources: [{ id: entryId, title: 'Delivery', url: null }],
      model: 'stand-in-large',
      fallback: null,
    })
    expect(draft.costMicros).toBe(await billed())
    expect(await spent()).toBe(await billed())
    const calls = await listAiCalls(owner, {})
    expect(calls.ok && calls.value).toMatchObject([
      {
        feature: 'draft',
        subject: { type: 'message', id: 'm-1' },
        conversationId: 'c-1',
        costMicros: draft.costMicros,
      },
    ])
  })

  test('that was made for the same question within a day costs nothing, unless a person asks anew', async () => {
    await model.use(owner)
    const first = await drafted(owner, asking('Do you open on Sundays?'))
    const second = await drafted(owner, asking('Do you open on Sundays?'))
    expect(second).toMatchObject({ text: first.text, costMicros: 0 })
    expect(await model.calls()).toHaveLength(1)
    await drafted(owner, asking('Do you open on Sundays?', { again: true }))
    expect(await model.calls()).toHaveLength(2)
    expect(await spent()).toBe(await billed())
    const view = await getBudget(owner, {})
    expect(view.ok && view.value.features.find(({ feature }) => feature === 'draft')).toMatchObject({
      calls: 3,
      cacheHits: 1,
    })
  })

  test('asks nobody where a saved answer fits', async () => {
    await model.use(owner)
    await knows('Hours', 'We open at 9.', { whenSaid: ['opening hours'], answer: 'We open every day at 9.' })
    expect(await drafted(owner, asking('What are your opening hours?'))).toMatchObject({
      origin: 'saved',
      text: 'We open every day at 9.',
      costMicros: 0,
    })
    expect(await model.calls()).toEqual([])
  })

  test('is less sure of a saved answer where more is said than it answers', async () => {
    await knows('Hours', 'We open at 9.', { whenSaid: ['open', 'when do you open'], answer: 'We open every day at 9.' })
    const sureOf = async (message: string) => (await drafted(owner, asking(message))).confidence
    expect(await sureOf('Hello! When do you open?')).toBe(0.95)
    const hurt = 'I got an open wound from your knife, there is blood everywhere'
    expect(await sureOf(hurt)).toBe(0.4)
    expect(await sureOf('My parcel came broken and nobody answers. When do you open?')).toBe(0.4)
  })

  test('is a template that says so where no model is set up, in the language of the message and signed as the brand signs', async () => {
    await saveBrandVoice(owner, {
      tone: '',
      dos: [],
      donts: [],
      examples: [],
      forbidden: [],
      signOff: 'Your Northwind team',
      languages: [],
    })
    const draft = await drafted(owner, asking('Wann kommt mein Paket an?', { language: 'de' }))
    expect(draft).toMatchObject({ origin: 'template', fallback: null, costMicros: 0 })
    expect(draft.text).toBe('Danke für Ihre Frage. Wir klären das und melden uns hier. Your Northwind team')
  })

  test.each([
    ['429', 'lets no more calls through', 0],
    ['500', 'answered with an error (500)', 0],
    ['malformed', 'something that is not a draft', 'billed'],
    ['wrong_shape', 'something that is not a draft', 'billed'],
    ['silence', 'did not answer', 'reserved'],
    ['cut', 'did not answer', 'reserved'],
  ] as const)(
    'falls back to a template when the provider answers with %s, and pays no more than was set aside',
    async (fault, why, cost) => {
      await model.use(owner)
      await model.fault(fault)
      const draft = await drafted(owner, asking(`Do you ship abroad? (${fault})`))
      expect(draft).toMatchObject({ origin: 'template' })
      expect(draft.fallback).toContain(why)
      const calls = await listAiCalls(owner, {})
      if (!calls.ok) throw new Error(calls.error.message)
      const [call] = calls.value
      const expected = cost === 'billed' ? await billed() : cost === 'reserved' ? call?.reservedMicros : cost
      expect(await spent()).toBe(expected)
      expect(await spent()).toBeGreaterThanOrEqual(await billed())
      // The provider is asked once and not again: each try is paid.
      expect(await model.calls()).toHaveLength(1)
    },
  )

  test('counts as wholly spent when the provider does not say what it used', async () => {
    await model.use(owner)
    await model.fault('no_usage')
    expect(await drafted(owner, asking('Do you ship to Chile?'))).toMatchObject({ origin: 'model' })
    expect(await spent()).toBeGreaterThan(await billed())
  })

  test('is a template once the budget is used up, and nobody is asked', async () => {
    await model.use(owner, { limitDollars: 0 })
    const draft = await drafted(owner, asking('Do you ship to Peru?'))
    expect(draft).toMatchObject({ origin: 'template', costMicros: 0 })
    expect(draft.fallback).toContain('The AI budget of this month is used up')
    expect(await model.calls()).toEqual([])
  })

  test('is never asked for beyond the budget by 60 people at once', async () => {
    await model.use(owner, { limitDollars: 0.02 })
    const drafts = await Promise.all(
      Array.from({ length: 60 }, (_, n) => drafted(owner, asking(`Do you have size ${n}?`, { messageId: `m-${n}` }))),
    )
    const made = drafts.filter(({ origin }) => origin === 'model')
    expect(made.length).toBeGreaterThan(0)
    expect(await model.calls()).toHaveLength(made.length)
    expect(await billed()).toBeLessThanOrEqual(20_000)
    expect(await spent()).toBe(await billed())
  })
})

describe('a model', () => {
  test('reads messages cheaply where the workspace wants it to, and not otherwise', async () => {
    await model.use(owner)
    const message = { messageId: 'm-1', conversationId: 'c-1', text: 'I will call my lawyer.' }
    expect(await readMessage(owner, message)).toEqual({ ok: true, value: null })
    await model.use(owner, { refines: true })
    expect(await readMessage(owner, message)).toMatchObject({ ok: true, value: { intent: 'legal', sentiment: -0.6 } })
    expect((await model.calls()).map((call) => call.model)).toEqual(['stand-in-small'])
    const view = await getBudget(owner, {})
    expect(view.ok && view.value.features.find(({ feature }) => feature === 'triage')?.spentMicros).toBe(await billed())
  })

  test('of which nobody knows the price is not called', async () => {
    await saveAiSettings(owner, {
      provider: 'compatible',
      baseUrl: `${model.url}/ai/v1`,
      smallModel: 'nameless',
      largeModel: 'nameless',
    })
    const draft = await drafted(owner, asking('Hello?'))
    expect(draft.fallback).toContain('Nobody told Posthorn what nameless costs')
    expect(await model.calls()).toEqual([])
  })

  test('at a private address that the server’s owner did not name is not called', async () => {
    await saveAiSettings(owner, {
      provider: 'compatible',
      baseUrl: 'http://127.0.0.1:9/v1',
      smallModel: 'local',
      largeModel: 'local',
      smallPrice: { input: 0, output: 0 },
      largePrice: { input: 0, output: 0 },
    })
    expect((await drafted(owner, asking('Hello?'))).fallback).toContain('not on the public internet')
    expect(await spent()).toBe(0)
  })
})

describe('a key', () => {
  test('is kept sealed, is never shown, and stays when the models change; another server does not get it', async () => {
    await model.use(owner, { key: 'sk-very-secret' })
    const row = await prisma.aiSettings.findUniqueOrThrow({ where: { workspaceId: owner.workspaceId } })
    expect(row.keySealed).not.toContain('sk-very-secret')
    expect(JSON.stringify(await getAiSettings(owner, {}))).not.toContain('sk-very-secret')
    const same = { provider: 'compatible' as const, smallModel: 'a', largeModel: 'b' }
    await saveAiSettings(owner, { ...same, baseUrl: `${model.url}/ai/v1` })
    expect(await getAiSettings(owner, {})).toMatchObject({ value: { hasKey: true } })
    await saveAiSettings(owner, { ...same, baseUrl: 'https://elsewhere.example/v1' })
    expect(await getAiSettings(owner, {})).toMatchObject({ value: { hasKey: false } })
  })

  test('that the provider does not accept is said in words that lead to the settings', async () => {
    await model.use(owner, { key: 'expired' })
    expect((await drafted(owner, asking('Hello?'))).fallback).toContain('does not accept the key')
  })

  test('is sealed anew under the current key of the server, and still opens', async () => {
    await model.use(owner)
    const row = await prisma.aiSettings.findUniqueOrThrow({ where: { workspaceId: owner.workspaceId } })
    expect(await resealAiKey(owner, { settingsId: row.id })).toEqual({ ok: true, value: { resealed: false } })
    expect(await drafted(owner, asking('Are you there?'))).toMatchObject({ origin: 'model' })
  })

  test('may be set by admins alone', async () => {
    const manager = await newMember(owner.workspaceId, 'manager')
    const viewer = await newMember(owner.workspaceId, 'viewer')
    expect(
      codeOf(await saveAiSettings(manager, { provider: 'openai', key: 'sk-1', smallModel: 'a', largeModel: 'b' })),
    ).toBe('FORBIDDEN')
    expect(codeOf(await draftAnswer(viewer, asking('Hello?')))).toBe('FORBIDDEN')
  })
})

test.each([
  ['配送', '日本国内の配送は三日から五日かかります。', '配送はどのくらいかかりますか？'],
  ['营业时间', '我们每天九点到五点营业。', '请问你们的营业时间是几点？'],
  ['การจัดส่ง', 'เราจัดส่งภายในสามวัน', 'จัดส่งกี่วันคะ'],
  ['배송', '배송은 사흘 걸립니다.', '배송 얼마나 걸려요?'],
  ['Zürich', 'Der Laden in Zürich ist offen.', 'Laden in Zurich?'],
])(
  'what the knowledge base says is found in scripts without spaces and without accents: %s',
  async (title, body, asked) => {
    const entryId = await knows(title, body)
    await knows('Gift cards', 'Gift cards are valid for a year.')
    await knows('返品', '商品の交換はできません。')
    expect((await entriesAbout(owner, asked)).map(({ id }) => id)[0]).toBe(entryId)
  },
)

test.each([
  ['配送', '配送について教えてください', 0.4],
  ['配送', '配送？', 0.95],
  ['营业时间', '请问你们的营业时间是几点？', 0.4],
  ['จัดส่ง', 'จัดส่งกี่วันคะ', 0.4],
])(
  'a saved answer is found within a sentence without spaces, and is sure where nothing else is said: %s in %s',
  async (phrase, asked, confidence) => {
    await knows(phrase, 'Kept.', { whenSaid: [phrase], answer: 'Kept.' })
    expect(await drafted(owner, asking(asked))).toMatchObject({ origin: 'saved', confidence })
  },
)

test('knowledge of one workspace is never told to another’s model', async () => {
  await knows('Secret', 'Our secret launch is on Monday.')
  const other = (await newWorkspace()).owner
  await model.use(other)
  expect((await drafted(other, asking('When is the secret launch?'))).sources).toEqual([])
})
