import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { filmFile } from '../contract-files.fixture'
import {
  attach,
  connect,
  draftOf,
  find,
  must,
  mustFail,
  settingsFor,
  under,
  urlOf,
  ways,
  type Subject,
} from '../contract.fixture'
import type { Traits } from '../platform'
import { measure } from '../text'

let sandbox: Sandbox
let plain: Subject
let premium: Subject
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  const way = ways.find(({ name, provider }) => name === 'x' && !provider)
  if (!way) throw new Error('X cannot be connected')
  plain = await connect({ ...way, who: 'northwind' }, settingsFor(sandbox))
  premium = await connect({ ...way, who: 'northwind_long' }, settingsFor(sandbox))
})
afterAll(() => sandbox.close())

const limitsBy = ({ platform }: Subject, traits: Traits = {}) => platform.limitsFor?.(traits) ?? platform.limits
const limitsOf = (of: Subject) => limitsBy(of, of.account.traits)
const send = async (of: Subject, text: string, more: Parameters<typeof draftOf>[2] = {}) =>
  of.platform.publish(of.app, of.as, await draftOf(of, text, more))
const turn = (advanceMs: number) =>
  fetch(`${sandbox.url}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs }) })
/** What the account's owner does on X's own pages. */
const subscribe = (account: string, plan: string) =>
  fetch(`${urlOf(sandbox, 'x')}/i/premium_sign_up`, { method: 'POST', body: new URLSearchParams({ account, plan }) })

const long = `${'It begins in the harbour, at five. '.repeat(60)}\nRead on: https://example.com/roast & come by.`

test('a text as long as the plan allows goes out whole, and is found again among the account’s posts', async () => {
  const since = new Date()
  const part = await draftOf(premium, long)
  const root = must(await premium.platform.publish(premium.app, premium.as, part))
  expect(must(await find(premium, part, since))?.externalId).toBe(root.externalId)
  const further = await draftOf(premium, `And on. ${long}`, { kind: 'reply', ...under(root) })
  const second = must(await premium.platform.publish(premium.app, premium.as, further))
  expect(must(await find(premium, further, since))?.externalId).toBe(second.externalId)
  // The same beginning, and another end.
  expect(must(await find(premium, { ...part, text: `${long} Or not.` }, since))).toBeUndefined()
})

test('what X refuses an account for its plan is known before it is sent', async () => {
  for (const [of, max] of [
    [plain, 280],
    [premium, 25_000],
  ] as const) {
    const { text, texts } = limitsOf(of)
    for (const rule of [text, texts?.reply ?? text, texts?.comment ?? text]) {
      expect(measure('x'.repeat(max), rule).fits).toBe(true)
      expect(measure('x'.repeat(max + 1), rule).fits).toBe(false)
    }
    must(await send(of, 'x'.repeat(max)))
    expect(mustFail(await send(of, 'y'.repeat(max + 1)))).toMatchObject({ code: 'rejected' })
  }
})

test('a film may last as long as the plan allows', async () => {
  const minutes = (of: Subject) => limitsOf(of).video.maxMs / 60_000
  expect([minutes(plain), minutes(premium)]).toEqual([20, 125])
  const film = (of: Subject, lasts: number) => attach(of, filmFile(lasts * 60_000), turn)
  must(await send(plain, 'Short', { media: [await film(plain, 20)] }))
  const refused = mustFail(await send(plain, 'Long', { media: [await film(plain, 21)] }))
  expect(refused).toMatchObject({ code: 'rejected', reason: expect.stringContaining('longer than 20 minutes') })
  must(await send(premium, 'Long', { media: [await film(premium, 125)] }))
  expect(mustFail(await send(premium, 'Longer', { media: [await film(premium, 126)] }))).toMatchObject({
    reason: expect.stringContaining('longer than 125 minutes'),
  })
})

test.for(['Basic', 'Premium', 'PremiumPlus', 'None'])(
  'the plan %s is known when the account is checked',
  async (plan) => {
    await subscribe('northwind_help', plan)
    const way = { ...plain.way, who: 'northwind_help' }
    const of = await connect(way, settingsFor(sandbox))
    expect(of.account.traits).toMatchObject({ subscription: plan })
    await subscribe('northwind_help', plan === 'None' ? 'Premium' : 'None')
    const { traits } = must(await of.platform.check(of.app, of.as))
    expect(limitsBy(of, traits).text.max).toBe(plan === 'None' ? 25_000 : 280)
  },
)

test('an account whose plan is not known is taken for one without, and a verified organisation for one with', () => {
  expect(limitsBy(plain, {}).text.max).toBe(280)
  expect(limitsBy(plain, { subscription: 'None', verified: 'none' }).text.max).toBe(280)
  expect(limitsBy(plain, { subscription: 'None', verified: 'business' }).text.max).toBe(25_000)
})

test('the doctor says which plan X sees, and what it allows', async () => {
  const said = async (of: Subject) => must((await of.platform.examine?.(of.app, of.as)) ?? { ok: true, value: [] })
  expect(await said(plain)).toMatchObject([{ message: expect.stringMatching(/has no plan: .*280 char.* 20 minutes/) }])
  expect(await said(premium)).toMatchObject([
    { message: expect.stringMatching(/plan Premium: .*25000 char.* 125 min/) },
  ])
})
