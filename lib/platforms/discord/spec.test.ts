import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasSpec, makeJudge, specFile } from '@/sandbox/discord/judge'
import { startSandbox, type Sandbox } from '@/sandbox/index'
import { wiretap } from '@/sandbox/x/judge'
import { imageFile } from '../contract-files.fixture'
import {
  attach,
  connect,
  draftOf,
  find,
  metricsOf,
  must,
  mustFail,
  remove,
  settingsFor,
  under,
  urlOf,
  ways,
  type Subject,
} from '../contract.fixture'

if (!hasSpec) console.log(`Skipped: Discord's own description is not at ${specFile}`)

describe.skipIf(!hasSpec)('by the OpenAPI description Discord publishes', () => {
  let sandbox: Sandbox
  let tap: Awaited<ReturnType<typeof wiretap>>
  const subjects = new Map<string, Subject>()
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0 })
    tap = await wiretap(urlOf(sandbox, 'discord'))
    const settings = settingsFor(sandbox, { discord: `http://127.0.0.1:${tap.port}` })
    for (const way of ways.filter(({ name }) => name === 'discord'))
      subjects.set(way.label, await connect(way, settings))
  })
  afterAll(async () => {
    await tap.close()
    await sandbox.close()
  })
  const subject = (label: string): Subject => {
    const found = subjects.get(label)
    if (!found) throw new Error(`${label} is not connected`)
    return found
  }

  test('every request of the adapter, and every answer it is built for, is as Discord describes it', async () => {
    for (const label of ['Discord bot', 'Discord forum', 'Discord webhook']) {
      const of = subject(label)
      const { platform, app, as } = of
      const since = new Date()
      const media = [await attach(of, await imageFile('navy', 'A navy square'))]
      const part = await draftOf(of, `By the book, ${label}`, {
        media,
        link: { url: 'https://example.com/card', title: 'A card', description: 'What it says' },
        ...(label === 'Discord bot'
          ? { title: 'A thread', options: { crosspost: true, silent: true, mentions: 'users' } }
          : {}),
      })
      const root = must(await platform.publish(app, as, part))
      must(await platform.publish(app, as, await draftOf(of, 'And on', { kind: 'reply', ...under(root) })))
      if (label !== 'Discord webhook') must(await find(of, part, since))
      must(await metricsOf(of, root))
      must(await platform.check(app, as))
      if (platform.examine) must(await platform.examine(app, as))
      if (platform.inbox?.pollPost && label !== 'Discord webhook')
        must(await platform.inbox.pollPost(app, as, root, undefined))
      mustFail(await platform.publish(app, as, await draftOf(of, 'x'.repeat(2001))))
      must(await remove(of, root))
    }
    const of = subject('Discord bot')
    const poll = { options: ['Dark', 'Light'], minutes: 90, multiple: false }
    must(await of.platform.publish(of.app, of.as, await draftOf(of, 'Roast of the week?', { poll })))
    const { items } = must((await of.platform.inbox?.poll?.(of.app, of.as, undefined)) ?? fail())
    must((await of.platform.inbox?.again?.look(of.app, of.as, items)) ?? fail())
    mustFail(await of.platform.check(of.app, { ...of.as, accessToken: 'nothing' }))
    const by = { handle: 'mira', name: 'Mira' }
    const reaction = { network: 'discord', account: 'announcements', kind: 'reaction', by, text: '🔥' }
    await fetch(`${sandbox.url}/speak`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(reaction),
    })
    const stop = new AbortController()
    const app = { ...of.app, hosts: { ...of.app.hosts, gateway: urlOf(sandbox, 'discord') } }
    const listening = of.platform.inbox?.stream?.(app, of.as, {
      cursor: undefined,
      signal: stop.signal,
      holds: async () => new Set<string>(),
      reactionsTo: async () => [],
      async onPage(page) {
        if (page.items.some(({ kind }) => kind === 'reaction')) stop.abort()
      },
    })
    must((await listening) ?? fail())

    const judge = await makeJudge()
    const described = tap.exchanges.filter(({ path }) => !path.includes('/oauth2/'))
    const complaints: string[] = []
    for (const exchange of described) complaints.push(...(await judge(exchange)))
    expect(complaints).toEqual([])
    expect(
      new Set(
        described.map(
          ({ method, path }) =>
            `${method} ${path
              .replace(/\?.*/, '')
              .replace(/\d{10,}/g, ':id')
              .replace(/(reactions\/)[^/]+/, '$1:emoji')
              .replace(/(webhooks\/:id\/)[^/]+/, '$1:token')}`,
        ),
      ),
    ).toEqual(
      new Set([
        'GET /api/v10/users/@me',
        'GET /api/v10/applications/@me',
        'GET /api/v10/channels/:id',
        'DELETE /api/v10/channels/:id',
        'GET /api/v10/channels/:id/messages',
        'POST /api/v10/channels/:id/messages',
        'GET /api/v10/channels/:id/messages/:id',
        'DELETE /api/v10/channels/:id/messages/:id',
        'GET /api/v10/channels/:id/messages/:id/reactions/:emoji',
        'POST /api/v10/channels/:id/messages/:id/threads',
        'POST /api/v10/channels/:id/messages/:id/crosspost',
        'POST /api/v10/channels/:id/threads',
        'GET /api/v10/guilds/:id/threads/active',
        'GET /api/v10/webhooks/:id/:token',
        'POST /api/v10/webhooks/:id/:token',
        'DELETE /api/v10/webhooks/:id/:token',
        'GET /api/v10/webhooks/:id/:token/messages/:id',
        'DELETE /api/v10/webhooks/:id/:token/messages/:id',
      ]),
    )
  }, 60_000)
})

const fail = (): never => {
  throw new Error('Discord has an inbox')
}
