import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { hasSpec, makeJudge, specFile } from '@/sandbox/mastodon/judge'
import { wiretap } from '@/sandbox/x/judge'
import { imageFile, videoFile } from '../contract-files.fixture'
import {
  attach,
  connect,
  draftOf,
  find,
  metricsOf,
  must,
  remove,
  settingsFor,
  under,
  urlOf,
  ways,
  type Subject,
} from '../contract.fixture'

const way = ways.find(({ name }) => name === 'mastodon')
if (!hasSpec) console.log(`Skipped: Mastodon's description is not at ${specFile}`)

describe.skipIf(!hasSpec)('by the OpenAPI description made from Mastodon’s documentation', () => {
  let sandbox: Sandbox
  let tap: Awaited<ReturnType<typeof wiretap>>
  let of: Subject
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 })
    tap = await wiretap(urlOf(sandbox, 'mastodon'))
    if (!way) throw new Error('Mastodon cannot be connected')
    of = await connect(way, settingsFor(sandbox, { mastodon: `http://127.0.0.1:${tap.port}` }))
  })
  afterAll(async () => {
    await tap.close()
    await sandbox.close()
  })

  const admin = (path: string, body: object) =>
    fetch(`${sandbox.url}${path}`, { method: 'POST', body: JSON.stringify(body) })

  test('every request of the adapter, and every answer it is built for, is as described', async () => {
    const { platform, app, as } = of
    const since = new Date()
    const turn = (advanceMs: number) => admin('/clock', { advanceMs })
    await attach(of, videoFile(5 * 1024 * 1024, 'spec'), turn)
    const file = { ...(await imageFile('navy', 'A navy square')), focus: { x: 0.25, y: 0.75 } }
    const media = [await attach(of, file, turn)]
    const options = { visibility: 'unlisted', warning: 'Blue', sensitive: true, language: 'en', quotes: 'nobody' }
    const part = await draftOf(of, 'By the book', { media, options })
    const root = must(await platform.publish(app, as, part))
    const poll = { options: ['Filter', 'Espresso'], minutes: 60, multiple: false }
    must(await platform.publish(app, as, await draftOf(of, 'And which?', { kind: 'reply', poll, ...under(root) })))
    must(await find(of, part, since))
    must(await metricsOf(of, root))
    must(await platform.check(app, as))
    must((await platform.examine?.(app, as)) ?? absent)
    for (const kind of ['comment', 'quote', 'like', 'share'])
      await admin('/speak', { network: 'mastodon', account: 'northwind', kind, text: 'Lovely', on: root.externalId })
    const page = must((await platform.inbox?.poll?.(app, as, undefined)) ?? absent)
    const [said] = page.items
    if (!said) throw new Error('Nobody said anything')
    must(
      (await platform.inbox?.reply?.(app, as, { to: said, text: 'Thank you', key: platform.newKey(since) })) ?? absent,
    )
    const nobody = { ...said, externalId: '100000000000000001' }
    const standing = must((await platform.inbox?.again?.look(app, as, [said, nobody])) ?? absent)
    expect(standing.get(nobody.externalId)?.state).toBe('gone')
    must(await remove(of, root))
    // Refusals, too, are as described.
    await platform.publish(app, as, await draftOf(of, 'y'.repeat(501)))
    await platform.publish(app, { ...as, accessToken: 'revoked' }, await draftOf(of, 'Nobody'))
    await platform.publish(app, as, await draftOf(of, 'To nothing', { kind: 'reply', ...under(root) }))

    const judge = await makeJudge()
    const described = tap.exchanges.filter(
      ({ path, method }) => !(method === 'POST' && path.startsWith('/oauth/authorize')),
    )
    const complaints: string[] = []
    for (const exchange of described) complaints.push(...(await judge(exchange)))
    expect(complaints).toEqual([])
    // The judge itself is not asleep.
    const created = described.find(({ method, path }) => method === 'POST' && path === '/api/v1/statuses')
    if (!created) throw new Error('No status was created')
    expect(await judge({ ...created, answer: Buffer.from('{"id":1}') })).not.toEqual([])
    expect(await judge({ ...created, body: Buffer.from('{"visibility":7}') })).not.toEqual([])
    const asked = described.map(
      ({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(/\d{10,}/g, ':id')}`,
    )
    expect(new Set(asked)).toEqual(
      new Set([
        'POST /api/v1/apps',
        'POST /oauth/token',
        'GET /api/v1/accounts/verify_credentials',
        'GET /api/v2/instance',
        'POST /api/v2/media',
        'GET /api/v1/media/:id',
        'POST /api/v1/statuses',
        'GET /api/v1/accounts/:id/statuses',
        'GET /api/v1/statuses',
        'GET /api/v1/statuses/:id',
        'GET /api/v1/statuses/:id/context',
        'GET /api/v1/notifications',
        'DELETE /api/v1/statuses/:id',
      ]),
    )
  })
})

const absent = { ok: false, error: { code: 'unavailable', reason: 'the adapter cannot do that' } } as const
