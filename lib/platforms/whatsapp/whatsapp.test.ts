import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Incoming } from '..'
import { documentFile, imageFile, videoFile } from '../contract-files.fixture'
import { methodOf, must, mustFail } from '../contract.fixture'
import { fileOf, speakTo } from '../graph-inbox.fixture'
import { startNumber } from './number.fixture'

let number: Awaited<ReturnType<typeof startNumber>>
beforeAll(async () => {
  number = await startNumber()
})
afterEach(() => number.world.clearFaults())
afterAll(() => number.close())

/** What somebody writes from a number of theirs. */
const asked = (text: string, from: string) => number.says('dm', text, from)

test('a token that Meta shows for a day is known to end, and a system user’s is not', async () => {
  const lasting = number.world.subject('WhatsApp')
  expect(lasting.as.accessExpiresAt).toBeUndefined()
  const method = methodOf(lasting.way)
  if (method.kind !== 'form') throw new Error('WhatsApp is connected by a form')
  const values = { ...lasting.way.values, token: 'EAAsandboxTemporaryNorthwind' }
  const [account] = must(await method.signIn(lasting.app, values))
  const leftMs = Date.parse(account?.credentials.accessExpiresAt ?? '') - Date.now()
  expect(leftMs / 3_600_000).toBeGreaterThan(22)
  expect(leftMs / 3_600_000).toBeLessThanOrEqual(24)
})

test('a message comes with who wrote it, and under the name that WhatsApp gave it', async () => {
  const dm = await asked('Grüße aus Köln ☕', '4915112345678')
  expect(dm).toMatchObject({
    externalId: expect.stringMatching(/^wamid\./),
    kind: 'dm',
    author: { externalId: '4915112345678', handle: '+4915112345678', displayName: 'Mia Meer' },
    conversation: '4915112345678',
    own: false,
  })
})

test('a file comes with its message, and is brought by the token, while its address holds and never too large', async () => {
  const before = (await number.listener.incoming(0)).length
  for (const [file, text] of [
    ['image', 'Look'],
    ['file', ''],
  ] as const)
    await speakTo(number.world, number.of, { kind: 'dm', text, handle: '4915100000077', file })
  const [picture, paper] = (await number.listener.incoming(before + 2)).slice(before)
  expect([picture, paper]).toMatchObject([
    { text: 'Look', media: [{ kind: 'image' }] },
    { text: '', media: [{ kind: 'file', name: 'invoice.pdf' }] },
  ])
  expect([
    await fileOf(number.of, picture),
    await fileOf(number.of, paper),
    await fileOf(number.of, picture, 10),
  ]).toEqual(['PNG', 'PDF', 'too_large'])
  const stranger = { ...number.of, as: { ...number.of.as, accessToken: 'another' } }
  expect(await fileOf(stranger, picture)).toBe('auth_expired')
  const lost = { ...paper, media: [{ kind: 'file', ask: { media: '1' } }] } as Incoming
  expect(await fileOf(number.of, lost)).toBe('gone')
})

test('an answer reaches its chat once, quotes the message, and its reports carry the key', async () => {
  const dm = await asked('Do you ship to Norway?', '4915100000001')
  const answer = number.answerTo(dm, 'We do')
  const sent = must(await number.reply(answer))
  expect((await number.seen(answer.text)).map(({ id }) => id)).toEqual([sent.externalId])
  expect(await (await fetch(sent.url)).text()).toContain(answer.text)
  const reports = await number.confirmed(({ key }) => key === answer.key.recordKey, 2)
  expect(reports.map(({ published, refused }) => [published.externalId, refused])).toEqual([
    [sent.externalId, undefined],
    [sent.externalId, undefined],
  ])
})

test('a picture, a film and a document go out with the words as their caption, once, and their reports carry the key', async () => {
  const dm = await asked('What does it look like?', '4915100000011')
  for (const file of [await imageFile('teal', 'The box'), videoFile(40_000, 'box'), documentFile('Price list')]) {
    const answer = number.answerTo(dm, `This is it, ${file.kind}`, { media: [await number.broughtTo(dm, file)] })
    const sent = must(await number.reply(answer))
    expect(await number.seen(answer.text)).toMatchObject([{ id: sent.externalId, mediaCount: 1 }])
    const reports = await number.confirmed(({ key }) => key === answer.key.recordKey, 2)
    expect(reports.map(({ refused }) => refused)).toEqual([undefined, undefined])
  }
})

test('who wrote sees that it was read, up to the message that is marked; one that nobody wrote is refused', async () => {
  const page = async () => (await fetch(`${number.of.app.webUrl}/4915100000015`)).text()
  await asked('Anybody there?', '4915100000015')
  const dm = await asked('Hello?', '4915100000015')
  expect(await page()).not.toContain('Read</span>')
  must(await number.markRead(dm))
  must(await number.markRead(dm))
  await asked('One more thing', '4915100000015')
  expect((await page()).match(/Read<\/span>/g)).toHaveLength(2)
  expect(mustFail(await number.markRead({ externalId: 'wamid.none' })).code).toBe('rejected')
})

test('a document goes under its title', async () => {
  const dm = await asked('What do you charge?', '4915100000014')
  const answer = number.answerTo(dm, 'These are our prices', {
    media: [await number.broughtTo(dm, documentFile('Price list'))],
  })
  const { url } = must(await number.reply(answer))
  expect(await (await fetch(url)).text()).toContain('Price list.pdf')
})

test('a picture that timed out after it was taken is in doubt, and its report settles it', async () => {
  const dm = await asked('And inside?', '4915100000012')
  const answer = number.answerTo(dm, 'Inside', { media: [await number.broughtTo(dm, await imageFile('plum', ''))] })
  await number.fault('timeout_after_accept')
  expect(mustFail(await number.reply(answer)).code).toBe('outcome_unknown')
  const [report] = await number.confirmed(({ key }) => key === answer.key.recordKey, 1)
  const [effect, ...more] = await number.seen(answer.text)
  expect([report?.published.externalId, more]).toEqual([effect?.id, []])
})

test('a file that WhatsApp does not take is refused when it is brought, before anybody sees a word', async () => {
  const dm = await asked('In colour?', '4915100000013')
  const large = videoFile(17 * 1024 * 1024, 'large')
  const told = mustFail(await number.bringFile(dm, large))
  expect(told).toEqual({ code: 'rejected', reason: 'WhatsApp could not take in the file.' })
})

test.for(['timeout_after_accept', 'reset_after_accept', '500_after_accept'])(
  '%s leaves a doubt, which a report by our own key settles',
  async (fault) => {
    const dm = await asked(`Are you open, ${fault}?`, '4915100000002')
    const answer = number.answerTo(dm, 'From seven')
    await number.fault(fault)
    expect(mustFail(await number.reply(answer)).code).toBe('outcome_unknown')
    const [report] = await number.confirmed(({ key }) => key === answer.key.recordKey, 1)
    const [effect, ...more] = await number.seen(answer.text)
    expect([report?.published.externalId, more]).toEqual([effect?.id, []])
  },
)

test('a request that was lost is a doubt, too, and nothing is seen of it', async () => {
  const answer = number.answerTo(await asked('Anyone?', '4915100000003'), 'Lost')
  await number.fault('drop_request')
  expect(mustFail(await number.reply(answer)).code).toBe('outcome_unknown')
  expect(await number.seen(answer.text)).toEqual([])
})

test('a rate limit says until when', async () => {
  const answer = number.answerTo(await asked('Quickly?', '4915100000004'), 'Slowly')
  await number.fault('429_until', { param: 60 })
  expect(mustFail(await number.reply(answer))).toEqual({
    code: 'rate_limited',
    retryAt: expect.any(Date),
  })
})

test('after 24 hours free words are taken and refused in a report; a template passes', async () => {
  const dm = await asked('Is it fair trade?', '4915100000005')
  await number.world.turn(25 * 3_600_000)
  const late = number.answerTo(dm, 'It is')
  const taken = must(await number.reply(late))
  const [report] = await number.confirmed(({ published }) => published.externalId === taken.externalId, 1)
  expect(report?.refused).toContain('24 hours')
  expect(await number.seen(late.text)).toEqual([])

  const templates = must(await number.templates())
  const [ready] = templates.filter(({ name }) => name === 'order_ready')
  expect(ready).toEqual({
    name: 'order_ready',
    language: 'en_US',
    text: 'Hi {{1}}, your order {{2}} is ready. Come by until seven.',
    values: 2,
    category: 'UTILITY',
  })
  // One that is not approved yet may not be sent.
  expect(templates.map(({ name }) => name)).not.toContain('harvest_festival')
  const template = { name: 'order_ready', language: 'en_US', values: ['Mia', 'n1042'] }
  const sent = must(await number.reply(number.answerTo(dm, 'As it reads', { template })))
  expect(await (await fetch(sent.url)).text()).toContain('Hi Mia, your order n1042 is ready.')
})

test('a template with too few values, or of no such name, is refused with what is wrong', async () => {
  const dm = await asked('Template?', '4915100000006')
  const send = async (name: string, ...values: readonly string[]) =>
    mustFail(await number.reply(number.answerTo(dm, 'No', { template: { name, language: 'en_US', values } })))
  expect([await send('order_ready', 'Mia'), await send('no_such')]).toMatchObject([
    { code: 'rejected', reason: expect.stringContaining('another number of values') },
    { code: 'rejected', reason: expect.stringContaining('no such template') },
  ])
})

test('a reaction to our answer comes in, under the answer', async () => {
  const dm = await asked('Thanks!', '4915100000007')
  const sent = must(await number.reply(number.answerTo(dm, 'Welcome')))
  const before = (await number.listener.incoming(0)).length
  await speakTo(number.world, number.of, { kind: 'reaction', text: '🔥', handle: '4915100000007' })
  expect((await number.listener.incoming(before + 1)).at(-1)).toMatchObject({
    kind: 'reaction',
    reaction: '🔥',
    parent: sent.externalId,
  })
})

test('the doctor sees permissions, whether the number reports, and how it fares', async () => {
  const examine = async (subject = number.of) =>
    must((await number.of.platform.examine?.(number.of.app, subject.as)) ?? { ok: true, value: [] })
  expect((await examine()).map(({ name, state }) => [name, state])).toEqual([
    ['permissions', 'good'],
    ['webhook', 'good'],
    ['health', 'good'],
    ['quality', 'good'],
  ])
  await fetch(`${number.of.app.apiUrl}/v26.0/102290129340398/subscribed_apps`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${number.of.as.accessToken}` },
  })
  const lessAllowed = { ...number.of, as: { ...number.of.as, scopes: [] } }
  expect((await examine(lessAllowed)).slice(0, 2)).toMatchObject([{ state: 'problem' }, { state: 'problem' }])
})

test('a phone number in the place of its ID is noticed before anybody is asked', async () => {
  const [method] = number.of.platform.connections
  const values = { number: '+1 555 078 3881', token: 'EAA' }
  const answer = method?.kind === 'form' ? await method.signIn(number.of.app, values) : undefined
  expect(answer).toMatchObject({ ok: false, error: { code: 'rejected', reason: expect.stringContaining('ID') } })
})
