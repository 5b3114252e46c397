import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startContractWorld, type ContractWorld } from './contract-world.fixture'
import {
  consent,
  draftOf,
  find,
  methodOf,
  must,
  mustFail,
  platformOf,
  postingWays,
  ready,
  refresh,
  settle,
  ways,
  type Subject,
} from './contract.fixture'
import type { Part } from '.'

let world: ContractWorld
beforeAll(async () => {
  world = await startContractWorld()
})
afterEach(() => world.clearFaults())
afterAll(() => world.close())

/** A part of which nothing is left to do but to send it. */
const draft = async (of: Subject, text: string): Promise<Part> =>
  must(await ready(of, await draftOf(of, text), world.turn))

describe.for(postingWays)('$label', ({ label, settles, ownKey = false }) => {
  test('settles by a key of its own exactly when its way says so', () => {
    const of = world.subject(label)
    expect(of.platform.settling(of.as).by === 'own_key').toBe(ownKey)
  })

  test.for(['timeout_after_accept', 'reset_after_accept', '500_after_accept'])(
    '%s leaves a doubt, which only reading settles',
    async (fault) => {
      const of = world.subject(label)
      const part = await draft(of, world.say(`Doubtful & "quoted" https://example.com/${fault}`))
      const since = new Date()
      await world.fault(of, fault)
      const answer = await of.platform.publish(of.app, of.as, part)
      const [effect] = await world.seen(of, part.text)
      // A key of our own turns an unclear 500 into a plain yes at once.
      const known = ownKey && fault === '500_after_accept'
      expect(answer).toMatchObject(
        known ? { value: { externalId: effect?.id } } : { error: { code: 'outcome_unknown' } },
      )
      expect(await settle(of, part, since, world.turn)).toMatchObject(
        settles ? { ok: true, value: { externalId: effect?.id } } : { ok: false, error: { code: 'unavailable' } },
      )
      expect((await world.seen(of, part.text)).length).toBe(1)
    },
  )

  test('a request that was lost is a doubt, too, and reading finds nothing', async () => {
    const of = world.subject(label)
    const part = await draft(of, world.say('Lost'))
    const since = new Date()
    await world.fault(of, 'drop_request')
    expect(mustFail(await of.platform.publish(of.app, of.as, part)).code).toBe('outcome_unknown')
    const found = await find(of, part, since)
    expect([found.ok, found.ok && found.value]).toEqual(settles ? [true, undefined] : [false, false])
    expect(await world.seen(of, part.text)).toEqual([])
  })

  test('a read that fails is never "not there"', async () => {
    const of = world.subject(label)
    const part = await draft(of, world.say('Unread'))
    await world.fault(of, 'drop_request', { operation: 'read' })
    const found = await find(of, part, new Date())
    expect(mustFail(found).code).toBe('unavailable')
  })

  test('a rate limit says until when', async () => {
    const of = world.subject(label)
    await world.fault(of, '429_until', { param: 90 })
    const error = mustFail(await of.platform.publish(of.app, of.as, await draft(of, world.say('Too fast'))))
    expect(error).toEqual({ code: 'rate_limited', retryAt: expect.any(Date) })
    expect('retryAt' in error && error.retryAt.getTime()).toBeGreaterThan(Date.now())
  })

  test('a revoked token is told apart from a refusal', async () => {
    const of = world.subject(label)
    const as = { ...of.as, accessToken: 'revoked' }
    const part = await draft(of, world.say('Nobody'))
    expect(mustFail(await of.platform.publish(of.app, as, part)).code).toBe('auth_expired')
  })

  test('a network that cannot be reached was not asked', async () => {
    const of = world.subject(label)
    const app = { ...of.app, apiUrl: 'http://127.0.0.1:4799' }
    const as = { ...of.as, server: app.apiUrl }
    const part = await draft(of, world.say('Unheard'))
    // What was readied holds addresses of the network, too.
    const moved = JSON.stringify(part.prepared ?? null).replaceAll(of.app.apiUrl, app.apiUrl)
    const prepared = part.prepared === undefined ? {} : { prepared: JSON.parse(moved) as unknown }
    expect(mustFail(await of.platform.publish(app, as, { ...part, ...prepared })).code).toBe('unavailable')
  })
})

describe.for(ways)('$label', ({ label }) => {
  test('a sign-in that was revoked is known as such', async () => {
    const of = world.subject(label)
    const as = { ...of.as, accessToken: 'revoked' }
    expect(mustFail(await of.platform.check(of.app, as)).code).toBe('auth_expired')
  })

  test('a code that was used, or a wrong password, is refused with a sentence', async () => {
    const of = world.subject(label)
    const method = methodOf(of.way)
    const again = async () => {
      if (method.kind === 'form') return method.signIn(of.app, spoilt(method, of.way.values ?? {}))
      const asked = await consent(of.app, of.way)
      must(await method.exchange(of.app, asked))
      return method.exchange(of.app, asked)
    }
    const error = mustFail(await again())
    const said = 'reason' in error ? `${error.code}: ${error.reason}` : error.code
    expect(said).toMatch(method.kind === 'form' ? /^(auth_expired|rejected): .+\.$/ : /^rejected: .*used already/)
  })
})

describe.for(ways.filter((way) => platformOf(way).refresh !== undefined))('$label', ({ label }) => {
  test('a spent refresh token asks for a new connection', async () => {
    const of = world.subject(label)
    const spent = { ...of.as, accessToken: 'spent', refreshToken: 'spent' }
    expect(mustFail(await refresh(of, spent)).code).toBe('auth_expired')
  })
})

/** The same form with its secrets mistyped. */
const spoilt = (
  { fields }: Extract<ReturnType<typeof methodOf>, { kind: 'form' }>,
  values: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.fromEntries(
    fields.flatMap(({ name, secret }) => {
      const value = values[name]
      return value === undefined ? [] : [[name, secret ? `${value.slice(0, -4)}nope` : value]]
    }),
  )

test.for(['Bluesky', 'Discord bot'])('%s gets one post however often a part is sent', async (label) => {
  const of = world.subject(label)
  const part = await draft(of, world.say('Only once, @rosa.test'))
  const sent = [1, 2, 3].map(() => of.platform.publish(of.app, of.as, part))
  const ids = (await Promise.all(sent)).map((answer) => must(answer).externalId)
  expect(new Set(ids).size).toBe(1)
  expect((await world.seen(of, part.text)).length).toBe(1)
})

test.for(ways.filter(({ twins }) => twins === 'refused'))(
  '$label says so when it has a text already',
  async ({ label }) => {
    const of = world.subject(label)
    const text = world.say('Twice')
    must(await of.platform.publish(of.app, of.as, await draft(of, text)))
    const error = mustFail(await of.platform.publish(of.app, of.as, await draft(of, text)))
    expect(error).toMatchObject({ code: 'rejected', duplicate: true })
  },
)

test.for(ways.filter(({ twins }) => twins === 'named'))(
  '$label says so when it has a text already, and where',
  async ({ label }) => {
    const of = world.subject(label)
    const text = world.say('Twice')
    const { externalId, url } = must(await of.platform.publish(of.app, of.as, await draft(of, text)))
    const error = mustFail(await of.platform.publish(of.app, of.as, await draft(of, text)))
    expect(error).toMatchObject({ code: 'rejected', duplicate: true, duplicateOf: { externalId, url } })
  },
)

test.for(ways.filter(({ looksAlike }) => looksAlike))(
  '$label: two posts that look alike leave a read-back without an answer',
  async ({ label }) => {
    const of = world.subject(label)
    await world.admin('/settings', { refuseDuplicates: false })
    const part = await draft(of, world.say('Alike'))
    const since = new Date()
    must(await of.platform.publish(of.app, of.as, part))
    must(await of.platform.publish(of.app, of.as, part))
    await world.admin('/settings', { refuseDuplicates: true })
    expect(mustFail(await find(of, part, since)).code).toBe('outcome_unknown')
  },
)

test.for(ways.filter(({ listsLate }) => listsLate))(
  '$label: a post that shows later is found later',
  async ({ label }) => {
    const of = world.subject(label)
    const part = await draft(of, world.say('Slow to show'))
    const since = new Date()
    await world.fault(of, 'delayed_visibility', { param: 5_000 })
    const { externalId } = must(await of.platform.publish(of.app, of.as, part))
    expect(await find(of, part, since)).toEqual({ ok: true, value: undefined })
    await world.admin('/clock', { advanceMs: 6_000 })
    expect(must(await find(of, part, since))?.externalId).toBe(externalId)
  },
)

test.for([
  'http://pds.example.org',
  'http://127.0.0.1:4799',
  'https://127.0.0.1:4799',
  'https://[::1]',
  '169.254.169.254',
  'not a server',
  'ftp://pds.example.org',
])('an app password does not go to %s', async (server) => {
  const of = world.subject('Bluesky')
  const method = methodOf(of.way)
  const q = { ...of.way.values, server }
  const answer = method.kind === 'form' ? await method.signIn(of.app, q) : undefined
  expect(answer).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(rejected|unavailable)$/) } })
})
