import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import {
  connect,
  consent,
  imageFile,
  methodOf,
  must,
  mustFail,
  partOf,
  settingsFor,
  under,
  urlsOf,
  videoFile,
  ways,
  type Subject,
} from './contract.fixture'
import { appConfig, type Part, type UploadedMedia } from '.'

let sandbox: Sandbox
let settings: Record<string, string>
const subjects = new Map<string, Subject>()

const subject = (label: string): Subject => {
  const found = subjects.get(label)
  if (!found) throw new Error(`${label} is not connected`)
  return found
}

const Effects = z.array(
  z.object({
    id: z.string(),
    text: z.string(),
    kind: z.string(),
    mediaCount: z.number(),
    url: z.string(),
    deleted: z.boolean(),
    account: z.string(),
  }),
)

async function admin(path: string, body?: unknown): Promise<unknown> {
  const init =
    body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
  return (await fetch(`${sandbox.url}${path}`, init)).json()
}

const firstWord = (text: string): string => text.split(' ')[0] ?? ''

/** What readers of the account's network see, counted by the sandbox. */
const effectsLike = async (of: Subject, text: string) =>
  Effects.parse(await admin(`/effects?network=${of.way.name}`)).filter((effect) =>
    effect.text.startsWith(firstWord(text)),
  )

const orderFault = (of: Subject, fault: string, more: object = {}) =>
  admin('/faults', { network: of.way.name, fault, ...more })

async function connectAll(): Promise<void> {
  for (const way of ways) subjects.set(way.label, await connect(way, settings))
}

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 })
  settings = settingsFor(urlsOf(sandbox))
  await connectAll()
})
afterAll(() => sandbox.close())

/** Waits as long as the network asks, on the sandbox's clock. */
async function untilReady(of: Subject, first: UploadedMedia): Promise<UploadedMedia> {
  let media = first
  for (let looks = 0; !media.ready && looks < 10; looks++) {
    await admin('/clock', { advanceMs: media.checkAfterMs ?? 1_000 })
    media = must((await of.platform.mediaStatus?.(of.app, of.as, media)) ?? { ok: true, value: media })
  }
  return media
}

let serial = 0
/** Networks refuse what they had before, so every text is new. */
const say = (what: string): string => `no${process.pid}-${serial++} ${what}`

describe.for(ways.map(({ label }) => label))('%s', (label) => {
  test('gives accounts that say who they are and that work', async () => {
    const of = subject(label)
    expect(of.account.displayName).not.toBe('')
    expect(of.account.profileUrl).toMatch(/^http/)
    expect(must(await of.platform.check(of.app, of.as))).toEqual({ scopes: of.as.scopes })
  })

  test('publishes a text so that readers see it once, where the answer says', async () => {
    const of = subject(label)
    const text = say('Café opens at 7 & closes <late> (really) #coffee, see https://example.com/a?b=c_d')
    const published = must(await of.platform.publish(of.app, of.as, partOf(of, text)))
    const seen = await effectsLike(of, text)
    expect(seen.map(({ id }) => id)).toEqual([published.externalId])
    expect((await fetch(published.url)).status).toBe(200)
    expect(JSON.parse(JSON.stringify(published))).toEqual(published)
  })

  test('takes a post away, and is content when it is gone already', async () => {
    const of = subject(label)
    const text = say('Short lived')
    const published = must(await of.platform.publish(of.app, of.as, partOf(of, text)))
    must((await of.platform.remove?.(of.app, of.as, published)) ?? { ok: true, value: undefined })
    expect((await effectsLike(of, text)).map(({ deleted }) => deleted)).toEqual([true])
    must((await of.platform.remove?.(of.app, of.as, published)) ?? { ok: true, value: undefined })
  })

  test('publishes images with their alt text', async () => {
    const of = subject(label)
    const text = say('Two pictures')
    const media: Part['media'][number][] = []
    for (const colour of ['teal', 'coral']) {
      const file = await imageFile(colour, `A ${colour} square`)
      const uploaded = await untilReady(of, must(await of.platform.uploadMedia(of.app, of.as, file)))
      media.push({ kind: 'image', alt: file.alt, width: 64, height: 48, ref: JSON.parse(JSON.stringify(uploaded.ref)) })
    }
    const published = must(await of.platform.publish(of.app, of.as, partOf(of, text, { media })))
    expect((await effectsLike(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([2])
    const page = await (await fetch(published.url)).text()
    expect(page).toContain('A teal square')
  })

  test('publishes a video of several parts once the network has processed it', async () => {
    const of = subject(label)
    const text = say('Moving')
    const file = videoFile(9 * 1024 * 1024, label)
    const first = must(await of.platform.uploadMedia(of.app, of.as, file))
    expect(first.ready).toBe(false)
    const ready = await untilReady(of, first)
    expect(ready.ready).toBe(true)
    const media = [{ kind: 'video' as const, alt: '', width: 640, height: 360, ref: ready.ref }]
    must(await of.platform.publish(of.app, of.as, partOf(of, text, { media })))
    expect((await effectsLike(of, text)).map(({ mediaCount }) => mediaCount)).toEqual([1])
  })

  test('publishes a link so that readers get to it', async () => {
    const of = subject(label)
    const url = `https://example.com/${serial++}`
    const link = { url, title: 'A title', description: 'A description' }
    const published = must(await of.platform.publish(of.app, of.as, partOf(of, say('With a card'), { link })))
    expect(await (await fetch(published.url)).text()).toContain(url)
  })

  test('answers under a post where it says it can, and says so where it cannot', async () => {
    const of = subject(label)
    const root = must(await of.platform.publish(of.app, of.as, partOf(of, say('Root'))))
    const second = say('Second')
    const reply = await of.platform.publish(of.app, of.as, partOf(of, second, { kind: 'reply', ...under(root) }))
    if (of.platform.threads) {
      const third = say('Third')
      must(await of.platform.publish(of.app, of.as, partOf(of, third, { kind: 'reply', ...under(root, must(reply)) })))
      expect((await effectsLike(of, third)).map(({ kind }) => kind)).toEqual(['reply'])
    } else {
      expect(mustFail(reply)).toMatchObject({ code: 'rejected' })
      expect(await effectsLike(of, second)).toEqual([])
    }
  })

  test('writes a first comment, and takes it away', async () => {
    const of = subject(label)
    const root = must(await of.platform.publish(of.app, of.as, partOf(of, say('Commented'))))
    const text = say('First (really) #comment')
    const comment = must(
      await of.platform.publish(of.app, of.as, partOf(of, text, { kind: 'comment', ...under(root) })),
    )
    expect((await effectsLike(of, text)).length).toBe(1)
    must((await of.platform.remove?.(of.app, of.as, comment)) ?? { ok: true, value: undefined })
    expect((await effectsLike(of, text)).map(({ deleted }) => deleted)).toEqual([true])
  })

  test('says that a text too long by one is refused, and nothing is shown', async () => {
    const of = subject(label)
    const text = 'x'.repeat(of.platform.limits.text.max + 1)
    const error = mustFail(await of.platform.publish(of.app, of.as, partOf(of, text)))
    expect(error).toMatchObject({ code: 'rejected', reason: expect.stringMatching(/\.$/) })
    expect(await effectsLike(of, text)).toEqual([])
  })

  test('takes a text of exactly the greatest length', async () => {
    const of = subject(label)
    const text = say('').padEnd(of.platform.limits.text.max, 'y')
    must(await of.platform.publish(of.app, of.as, partOf(of, text)))
  })

  test('gets new tokens for old where the network gives any', async () => {
    const of = subject(label)
    if (of.as.refreshToken === undefined) return expect(label).toBe('LinkedIn person')
    const fresh = must((await of.platform.refresh?.(of.app, of.as)) ?? { ok: true, value: of.as })
    expect(fresh).toMatchObject({ externalId: of.as.externalId, refreshToken: expect.any(String) })
    expect(fresh.accessToken).not.toBe(of.as.accessToken)
    must(await of.platform.check(of.app, fresh))
    subjects.set(label, { ...of, as: fresh })
  })
})

describe.for(ways.map(({ label }) => label))('%s, when things go wrong', (label) => {
  const settled = subjectsThatSettleThemselves()
  test.for(['timeout_after_accept', 'reset_after_accept', '500_after_accept'])(
    '%s leaves a doubt, and reading settles it',
    async (fault) => {
      const of = subject(label)
      const text = say(`Doubtful & "quoted" https://example.com/${fault}`)
      const part = partOf(of, text)
      const since = new Date()
      await orderFault(of, fault)
      const answer = await of.platform.publish(of.app, of.as, part)
      // Bluesky's own key turns an unclear 500 into a plain yes at once.
      if (answer.ok) expect(of.platform.settling(of.as).by).toBe('own_key')
      else expect(answer.error.code).toBe('outcome_unknown')
      expect((await effectsLike(of, text)).length).toBe(1)
      const found = await of.platform.findPublished?.(of.app, of.as, part, since)
      if (settled.has(label))
        expect((await effectsLike(of, text))[0]?.id).toBe(must(found ?? { ok: true, value: undefined })?.externalId)
      else expect(mustFail(found ?? { ok: true, value: undefined }).code).toBe('unavailable')
      expect((await effectsLike(of, text)).length).toBe(1)
    },
  )

  test('a request that was lost is a doubt, too, and reading finds nothing', async () => {
    const of = subject(label)
    const part = partOf(of, say('Lost'))
    const since = new Date()
    await orderFault(of, 'drop_request')
    expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
    if (settled.has(label))
      expect(
        must((await of.platform.findPublished?.(of.app, of.as, part, since)) ?? { ok: true, value: undefined }),
      ).toBeUndefined()
    expect(await effectsLike(of, part.text)).toEqual([])
  })

  test('a rate limit says until when', async () => {
    const of = subject(label)
    await orderFault(of, '429_until', { param: 90 })
    const error = mustFail(await of.platform.publish(of.app, of.as, partOf(of, say('Too fast'))))
    expect(error.code).toBe('rate_limited')
    if (error.code === 'rate_limited') expect(error.retryAt.getTime()).toBeGreaterThan(Date.now())
  })

  test('a revoked token is told apart from a refusal', async () => {
    const of = subject(label)
    const error = mustFail(
      await of.platform.publish(of.app, { ...of.as, accessToken: 'revoked' }, partOf(of, say('Nobody'))),
    )
    expect(error.code).toBe('auth_expired')
    expect(mustFail(await of.platform.check(of.app, { ...of.as, accessToken: 'revoked' })).code).toBe('auth_expired')
  })

  test('a network that cannot be reached was not asked', async () => {
    const of = subject(label)
    const app = { ...of.app, apiUrl: 'http://127.0.0.1:4799' }
    const error = mustFail(await of.platform.publish(app, { ...of.as, server: app.apiUrl }, partOf(of, say('Unheard'))))
    expect(error.code).toBe('unavailable')
  })

  test('a spent refresh token asks for a new connection', async () => {
    const of = subject(label)
    const error = mustFail(
      (await of.platform.refresh?.(of.app, { ...of.as, refreshToken: 'spent' })) ?? { ok: true, value: of.as },
    )
    expect(error.code).toBe('auth_expired')
  })

  test('a code that was used, or a wrong password, is refused with a sentence', async () => {
    const of = subject(label)
    const method = methodOf(of.way)
    if (method.kind === 'password') {
      const error = mustFail(await method.signIn(of.app, { handle: of.way.who, password: 'wrong' }))
      return expect(error).toMatchObject({ code: 'rejected', reason: expect.stringContaining('app password') })
    }
    const q = await consent(of.app, of.way)
    must(await method.exchange(of.app, q))
    expect(mustFail(await method.exchange(of.app, q))).toMatchObject({
      code: 'rejected',
      reason: expect.stringContaining('used already'),
    })
  })
})

function subjectsThatSettleThemselves(): ReadonlySet<string> {
  return new Set(['X', 'LinkedIn page', 'Bluesky'])
}

test('Bluesky gets one post however often a part is sent', async () => {
  const of = subject('Bluesky')
  const part = partOf(of, say('Only once, @bob.sandbox'))
  const answers = [
    await of.platform.publish(of.app, of.as, part),
    await of.platform.publish(of.app, of.as, part),
    await of.platform.publish(of.app, of.as, part),
  ]
  expect(new Set(answers.map((answer) => must(answer).externalId)).size).toBe(1)
  expect((await effectsLike(of, part.text)).length).toBe(1)
})

test('X and LinkedIn say so when they have a text already, and LinkedIn says where', async () => {
  for (const label of ['X', 'LinkedIn person', 'LinkedIn page']) {
    const of = subject(label)
    const text = say('Twice')
    const first = must(await of.platform.publish(of.app, of.as, partOf(of, text)))
    const error = mustFail(await of.platform.publish(of.app, of.as, partOf(of, text)))
    expect(error).toMatchObject({ code: 'rejected', duplicate: true })
    if (error.code === 'rejected' && label !== 'X') expect(error.duplicateOf?.url).toBe(first.url)
  }
})

test('two posts that look alike leave a read-back without an answer', async () => {
  const of = subject('LinkedIn page')
  await admin('/settings', { refuseDuplicates: false })
  const part = partOf(of, say('Alike'))
  const since = new Date()
  must(await of.platform.publish(of.app, of.as, part))
  must(await of.platform.publish(of.app, of.as, part))
  await admin('/settings', { refuseDuplicates: true })
  expect(
    mustFail((await of.platform.findPublished?.(of.app, of.as, part, since)) ?? { ok: true, value: undefined }).code,
  ).toBe('outcome_unknown')
})

test('a post that shows later is found later', async () => {
  const of = subject('X')
  const part = partOf(of, say('Slow to show'))
  const since = new Date()
  await orderFault(of, 'delayed_visibility', { param: 5_000 })
  must(await of.platform.publish(of.app, of.as, part))
  expect(
    must((await of.platform.findPublished?.(of.app, of.as, part, since)) ?? { ok: true, value: undefined }),
  ).toBeUndefined()
  await admin('/clock', { advanceMs: 6_000 })
  expect(
    must((await of.platform.findPublished?.(of.app, of.as, part, since)) ?? { ok: true, value: undefined }),
  ).toBeDefined()
})

test('each app is read from variables of its own', () => {
  expect(appConfig('linkedin', 'page', settings).clientId).toBe('posthorn-page')
  expect(appConfig('linkedin', 'person', settings).clientId).toBe('posthorn-person')
  expect(appConfig('linkedin', undefined, {}).clientId).toBeUndefined()
  expect(appConfig('x', undefined, {}).apiUrl).toBe('https://api.x.com')
  expect(appConfig('bluesky', undefined, { BLUESKY_API_URL: 'https://pds.example.org/' }).apiUrl).toBe(
    'https://pds.example.org',
  )
})

// Last, because it turns the sandbox's clock far ahead of ours.
describe.for(ways.map(({ label }) => label))('%s, hours later', (label) => {
  test('counts what readers did', async () => {
    const of = subject(label)
    const published = must(await of.platform.publish(of.app, of.as, partOf(of, say('Counted'))))
    await admin('/clock', { advanceMs: 3 * 3_600_000 })
    await connectAll()
    const metrics = must(
      (await of.platform.metrics?.(of.app, subject(label).as, [published])) ?? { ok: true, value: new Map() },
    )
    const offered = new Set<string>(of.platform.metricsOffered)
    for (const name of Object.keys(metrics.get(published.externalId) ?? {})) expect(offered).toContain(name)
    if (label !== 'LinkedIn person') expect(metrics.get(published.externalId)?.likes).toBeTypeOf('number')
  })
})
