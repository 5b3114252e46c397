import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fail } from '@/lib/core/result'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { hasSpec, makeJudge, specFile, wiretap } from '@/sandbox/x/judge'
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

const absent = fail({ code: 'rejected', reason: 'X’s inbox cannot do that' } as const)
const way = ways.find(({ name }) => name === 'x')
if (!hasSpec) console.log(`Skipped: X's own description is not at ${specFile}`)

describe.skipIf(!hasSpec)('by the OpenAPI description X publishes', () => {
  let sandbox: Sandbox
  let tap: Awaited<ReturnType<typeof wiretap>>
  let of: Subject
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 })
    tap = await wiretap(urlOf(sandbox, 'x'))
    if (!way) throw new Error('X cannot be connected')
    of = await connect(way, settingsFor(sandbox, { x: `http://127.0.0.1:${tap.port}` }))
  })
  afterAll(async () => {
    await tap.close()
    await sandbox.close()
  })

  test('every request of the adapter, and every answer it is built for, is as X describes it', async () => {
    const { platform, app, as } = of
    const since = new Date()
    const turn = (advanceMs: number) =>
      fetch(`${sandbox.url}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs }) })
    await attach(of, videoFile(5 * 1024 * 1024, 'spec'), turn)
    const media = [await attach(of, await imageFile('navy', 'A navy square'), turn)]
    const part = await draftOf(of, 'By the book', { media })
    const root = must(await platform.publish(app, as, part))
    must(await platform.publish(app, as, await draftOf(of, 'And on', { kind: 'reply', ...under(root) })))
    must(await find(of, part, since))
    must(await metricsOf(of, root))
    must(await platform.check(app, as))
    const words = { network: 'x', account: 'northwind', kind: 'comment', text: 'By which book?', on: root.externalId }
    await fetch(`${sandbox.url}/speak`, { method: 'POST', body: JSON.stringify(words) })
    const [asked] = must((await platform.inbox?.poll?.(app, as, undefined)) ?? absent).items
    if (!asked) throw new Error('The question did not arrive')
    const nobody = { ...asked, externalId: '1' }
    expect(must((await platform.inbox?.again?.look(app, as, [asked, nobody])) ?? absent).get('1')?.state).toBe('gone')
    must((await platform.inbox?.hiding?.hide(app, as, asked, true)) ?? absent)
    const reply = { to: asked, text: 'By X’s own', key: platform.newKey(since) }
    must((await platform.inbox?.reply?.(app, as, reply)) ?? absent)
    must((await platform.inbox?.findReply?.(app, as, reply, since)) ?? absent)
    await fetch(`${sandbox.url}/speak`, {
      method: 'POST',
      body: JSON.stringify({ ...words, kind: 'dm', on: undefined }),
    })
    const said = must((await platform.inbox?.poll?.(app, as, undefined)) ?? absent).items
    const message = said.find(({ kind }) => kind === 'dm')
    if (!message) throw new Error('The message did not arrive')
    const answer = { to: message, text: 'In private', key: platform.newKey(since) }
    must((await platform.inbox?.reply?.(app, as, answer)) ?? absent)
    must((await platform.inbox?.findReply?.(app, as, answer, since)) ?? absent)
    must(await remove(of, root))

    const judge = await makeJudge()
    const described = tap.exchanges.filter(({ path }) => !path.startsWith('/2/oauth2/') && !path.startsWith('/i/'))
    const complaints: string[] = []
    for (const exchange of described) complaints.push(...(await judge(exchange)))
    expect(complaints).toEqual([])
    expect(
      new Set(described.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(/\d{10,}/g, ':id')}`)),
    ).toEqual(
      new Set([
        'GET /2/users/me',
        'POST /2/media/upload/initialize',
        'POST /2/media/upload/:id/append',
        'POST /2/media/upload/:id/finalize',
        'GET /2/media/upload',
        'POST /2/media/metadata',
        'POST /2/tweets',
        'GET /2/users/:id/tweets',
        'GET /2/users/:id/mentions',
        'GET /2/tweets',
        'DELETE /2/tweets/:id',
        'PUT /2/tweets/:id/hidden',
        'GET /2/dm_events',
        'GET /2/dm_conversations/:id-:id/dm_events',
        'POST /2/dm_conversations/:id-:id/messages',
      ]),
    )
  })
})
