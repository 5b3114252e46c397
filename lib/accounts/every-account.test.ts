import { afterAll, expect, test } from 'vitest'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import { newWorkspace } from '@/lib/workspace/testing'
import { must } from './connected.fixture'
import { accountsInNeed, everyAccount } from './every-account'

afterAll(() => prisma.$disconnect())

test('every account is named, however many there are, and those in need are found among them', async () => {
  const { workspaceId, owner } = await newWorkspace()
  const stranger = await newWorkspace()
  const account = (at: number, more: object = {}) => ({
    id: newId(),
    workspaceId,
    platform: 'x',
    method: 'account',
    kind: 'person',
    externalId: `x-${at}`,
    handle: `@x-${String(at).padStart(4, '0')}`,
    displayName: 'Ada',
    profileUrl: 'https://network.test/ada',
    scopes: [],
    credentialsSealed: 'none',
    tokenIssuedAt: new Date(),
    ...more,
  })
  // Whoever is connected first sorts last by name.
  const many = Array.from({ length: 520 }, (_, at) => account(520 - at))
  const lapsed = account(900, { state: 'needs_reconnect', lastErrorMessage: 'Reconnect it.', lastErrorAt: new Date() })
  const quiet = account(800, { platform: 'bluesky', state: 'needs_reconnect' })
  const gone = account(901, { state: 'disconnected' })
  await prisma.account.createMany({
    data: [...many, lapsed, quiet, gone, account(1, { workspaceId: stranger.workspaceId, state: 'needs_reconnect' })],
  })

  const named = must(await everyAccount(owner, {}))
  expect(named.map(({ id }) => id)).toEqual([quiet.id, ...many.map(({ id }) => id).toReversed(), lapsed.id])
  expect(named[1]).toEqual({
    id: many.at(-1)?.id,
    platform: 'x',
    platformLabel: 'X',
    handle: '@x-0001',
    displayName: 'Ada',
  })
  expect(must(await everyAccount(owner, { includeDisconnected: true }))).toHaveLength(523)
  expect(must(await accountsInNeed(owner, {})).map(({ id, why }) => [id, why])).toEqual([
    [quiet.id, null],
    [lapsed.id, 'Reconnect it.'],
  ])
})
