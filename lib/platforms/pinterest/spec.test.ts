import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { hasSpec, makeJudge, specFile } from '@/sandbox/pinterest/judge'
import { wiretap } from '@/sandbox/x/judge'
import { imageFile, videoFile } from '../contract-files.fixture'
import {
  connect,
  draftOf,
  find,
  metricsOf,
  must,
  ready,
  refresh,
  remove,
  settingsFor,
  urlOf,
  ways,
  type Subject,
} from '../contract.fixture'
import { appConfig } from '..'

const way = ways.find(({ name }) => name === 'pinterest')
if (!hasSpec) console.log(`Skipped: Pinterest's description is not at ${specFile}`)

describe.skipIf(!hasSpec)('by Pinterest’s own OpenAPI description', () => {
  let sandbox: Sandbox
  let tap: Awaited<ReturnType<typeof wiretap>>
  let of: Subject
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 })
    tap = await wiretap(urlOf(sandbox, 'pinterest'))
    if (!way) throw new Error('Pinterest cannot be connected')
    // The store that videos go to is named by the sandbox itself, past the wiretap.
    appConfig('pinterest', undefined, settingsFor(sandbox))
    of = await connect(way, settingsFor(sandbox, { pinterest: `http://127.0.0.1:${tap.port}` }))
  })
  afterAll(async () => {
    await tap.close()
    await sandbox.close()
  })

  test('every request of the adapter, and every answer it is built for, is as described', async () => {
    const turn = (advanceMs: number) =>
      fetch(`${sandbox.url}/clock`, { method: 'POST', body: JSON.stringify({ advanceMs }) })
    of = { ...of, as: must(await refresh(of, of.as)) }
    const { platform, app, as } = of
    const since = new Date()
    const given = { board: '549755885175', section: '549755885202' }
    const pictures = async (...colours: string[]) =>
      Promise.all(
        colours.map(async (colour) => {
          const file = await imageFile(colour, `A ${colour} square`)
          return { kind: 'image', alt: file.alt, file } as const
        }),
      )
    const send = async (text: string, more: Parameters<typeof draftOf>[2]) => {
      const part = must(await ready(of, await draftOf(of, text, more), turn))
      return { part, published: must(await platform.publish(app, as, part)) }
    }
    const link = { url: 'https://example.com/espresso?a=b' }
    const one = await send('By the book', {
      title: 'Espresso',
      link,
      media: await pictures('navy'),
      options: given,
    })
    await send('Beside each other', { media: await pictures('navy', 'teal') })
    const film = [{ kind: 'video', alt: 'A film', file: videoFile(600_000, 'spec') } as const]
    await send('Moving', { media: film, options: { ...given, cover: '2' } })
    await send('Covered', { media: [...film, ...(await pictures('teal'))], options: { ...given, format: 'video' } })
    must(await find(of, one.part, since))
    must((await platform.resolve?.(app, as, one.published.url)) ?? absent)
    must(await metricsOf(of, one.published))
    must(await platform.check(app, as))
    must((await platform.choices?.(app, as, 'board', {})) ?? absent)
    must((await platform.choices?.(app, as, 'section', given)) ?? absent)
    must((await platform.precheck?.(app, as, one.part)) ?? absent)
    must(await remove(of, one.published))
    // Refusals, too, are as described.
    await remove(of, one.published)
    await platform.publish(app, as, { ...one.part, text: 'y'.repeat(801) })
    await platform.publish(app, as, { ...one.part, options: { board: '1' } })
    await platform.publish(app, { ...as, accessToken: 'revoked' }, one.part)
    must((await platform.precheck?.(app, as, { ...one.part, options: { board: '1' } })) ?? absent)

    const judge = await makeJudge()
    const described = tap.exchanges.filter(({ path }) => path.startsWith('/v5/'))
    const complaints: string[] = []
    for (const exchange of described) complaints.push(...(await judge(exchange)))
    expect(complaints).toEqual([])
    // The judge itself is not asleep.
    const created = described.find(({ method, path }) => method === 'POST' && path === '/v5/pins')
    if (!created) throw new Error('No pin was created')
    expect(await judge({ ...created, answer: Buffer.from('{"id":1}') })).not.toEqual([])
    expect(await judge({ ...created, body: Buffer.from('{"board_id":"not a number"}') })).not.toEqual([])
    const asked = described.map(
      ({ method, path }) => `${method} ${path.replace(/\?.*/, '').replace(/\d{10,}/g, ':id')}`,
    )
    expect(new Set(asked)).toEqual(
      new Set([
        'POST /v5/oauth/token',
        'GET /v5/user_account',
        'GET /v5/boards',
        'GET /v5/boards/:id',
        'GET /v5/boards/1',
        'GET /v5/boards/:id/sections',
        'GET /v5/boards/:id/sections/:id/pins',
        'POST /v5/media',
        'GET /v5/media/:id',
        'POST /v5/pins',
        'GET /v5/pins/:id',
        'GET /v5/pins/:id/analytics',
        'DELETE /v5/pins/:id',
      ]),
    )
  })
})

const absent = { ok: false, error: { code: 'unavailable', reason: 'the adapter cannot do that' } } as const
