import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useAccount } from '@/lib/accounts'
import { ask, makeWorld, must, wayOf, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { prisma } from '@/lib/core/db'
import { deliver, draftOf } from '@/lib/platforms/contract.fixture'
import type { Ctx } from '@/lib/workspace'
import { systemIn } from '@/lib/workspace/testing'
import { closeDesk } from '../desk.fixture'
import { watchAccount } from './feeds'
import { streamFeed } from './stream'

let world: ConnectedWorld
let system: Ctx
let accountId = ''
let moderate: (method: 'POST' | 'DELETE', path: string, body?: object) => Promise<void>
let post = ''
beforeAll(async () => {
  world = await makeWorld(['discord bot'])
  system = await systemIn(world.ctx.workspaceId)
  accountId = world.accounts['discord bot'] ?? ''
  must(await watchAccount(system, { accountId }))
  const { platform, app, credentials } = must(await useAccount(system, { accountId }))
  const { displayName, handle } = await prisma.account.findUniqueOrThrow({ where: { id: accountId } })
  const account = { kind: 'page', displayName, handle, profileUrl: '', credentials } as const
  const of = { way: wayOf('discord bot'), platform, app, account, as: credentials }
  const sent = await deliver(of, await draftOf(of, 'Ask us anything'))
  if (!sent.ok) throw new Error(sent.error.code)
  post = sent.value.externalId
  const [, channel = ''] = credentials.externalId.split('/')
  moderate = async (method, path, body) => {
    const answer = await fetch(`${app.apiUrl}/api/v10/channels/${channel}/messages/${path}`, {
      method,
      headers: { authorization: `Bot ${credentials.accessToken}`, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (answer.status !== 204) throw new Error(`Discord answered ${answer.status}`)
  }
})
afterAll(async () => {
  await world.close()
  await closeDesk()
})

const speak = async (kind: string, text: string, handle = 'mira') =>
  (
    await ask<{ id: string }>(world.sandbox, '/speak', {
      network: 'discord',
      account: 'announcements',
      kind,
      by: { handle, name: handle },
      text,
      on: post,
    })
  ).id
const held = (kind: string) =>
  prisma.message.findMany({ where: { accountId, kind, own: false }, orderBy: { id: 'asc' } })
const standing = async (kind: string) =>
  (await held(kind)).flatMap(({ deletedAt, text, reaction }) => (deletedAt ? [] : [reaction ?? text]))

test('what moderators of Discord take away many at a time is taken away here, and can be given again', async () => {
  const { id: feedId } = await prisma.inboxFeed.findFirstOrThrow({ where: { accountId, postExternalId: '' } })
  const hangUp = new AbortController()
  const over = streamFeed(system, { feedId, signal: hangUp.signal })
  // Nobody is told when a line is open.
  await vi.waitFor(
    async () => {
      await speak('comment', 'Anybody?')
      expect(await held('comment')).not.toEqual([])
    },
    { timeout: 20_000, interval: 200 },
  )
  const spam: string[] = []
  for (const n of [1, 2, 3]) spam.push(await speak('comment', `Buy now ${n}`))
  await speak('comment', 'Where are you?')
  await vi.waitFor(async () => expect(await standing('comment')).toContain('Where are you?'), 10_000)
  await moderate('POST', 'bulk-delete', { messages: spam })
  await vi.waitFor(async () => expect((await standing('comment')).join()).not.toContain('Buy'), 10_000)
  expect(await standing('comment')).toContain('Where are you?')

  for (const handle of ['mira', 'rosa']) for (const emoji of ['🔥', '💩']) await speak('reaction', emoji, handle)
  await vi.waitFor(async () => expect(await standing('reaction')).toHaveLength(4), 10_000)
  await moderate('DELETE', `${post}/reactions/${encodeURIComponent('💩')}`)
  await vi.waitFor(async () => expect(await standing('reaction')).toEqual(['🔥', '🔥']), 10_000)
  await moderate('DELETE', `${post}/reactions`)
  await vi.waitFor(async () => expect(await standing('reaction')).toEqual([]), 10_000)
  await speak('reaction', '🔥')
  await vi.waitFor(async () => expect(await standing('reaction')).toEqual(['🔥']), 10_000)

  hangUp.abort()
  expect(must(await over).did).toBe('ended')
}, 60_000)
