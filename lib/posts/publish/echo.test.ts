import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectByForm } from '@/lib/accounts'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { startSending, until } from './sending.test-data'

type Sending = Awaited<ReturnType<typeof startSending>>
let world: Sending['world']
let owner: Sending['owner']
let system: Sending['system']
let variantOf: Sending['variantOf']
let seen: Sending['seen']
let close: Sending['close']
let channelId: string

beforeAll(async () => {
  ;({ world, owner, system, variantOf, seen, close } = await startSending())
  const values = { token: '4100000001:AAsandbox-token-of-the-northwind-bot', chat: '@northwind_coffee' }
  const { accounts } = must(await connectByForm(owner, { platform: 'telegram', method: 'bot', values }))
  channelId = accounts[0]?.id ?? ''
})
afterAll(() => close())

/** A post for the channel, sent while the network answers wrongly. */
async function sentInto(fault: string, text: string): Promise<{ postId: string; variantId: string }> {
  const [postId, variantId] = [newId(), newId()]
  const shared = { workspaceId: owner.workspaceId, publishAt: new Date(), state: 'scheduled' as const }
  await owner.db.post.create({
    data: {
      ...shared,
      id: postId,
      authorId: owner.actor.id,
      content: { text },
      excerpt: text,
      platforms: ['telegram'],
    },
  })
  await owner.db.variant.create({
    data: { ...shared, id: variantId, postId, accountId: channelId, platform: 'telegram' },
  })
  await ask(world.sandbox, '/faults', { network: 'telegram', fault })
  must(await publishVariant(system, { variantId }))
  expect((await variantOf(postId)).state).toBe('unknown')
  return { postId, variantId }
}
const settle = async (variantId: string) => must(await reconcileVariant(system, { variantId })).did

test('what a network lets nobody read is proven by what it reports, once it was looked for', async () => {
  const { postId, variantId } = await sentInto('reset_after_accept', 'Heard again in the group')
  await until(async () => (await settle(variantId)) === 'found')
  const [effect] = await seen('Heard again in the group')
  const variant = await variantOf(postId)
  expect(variant.steps).toMatchObject([{ state: 'done', url: effect?.url, proof: { by: 'read_back' } }])
  must(await publishVariant(system, { variantId }))
  expect(await seen('Heard again in the group')).toHaveLength(1)
  expect((await variantOf(postId)).state).toBe('published')
})

test('silence proves nothing: it is borne for a while, nothing is sent again, and then a person is asked', async () => {
  const { postId, variantId } = await sentInto('drop_request', 'Never heard of')
  await until(async () => (await settle(variantId)) === 'later')
  expect((await variantOf(postId)).state).toBe('unknown')
  const longAgo = new Date(Date.now() - 11 * 60_000)
  await owner.db.step.updateMany({ where: { variantId }, data: { sentAt: longAgo } })
  await owner.db.variant.updateMany({ where: { id: variantId }, data: { notBefore: null } })
  expect(await settle(variantId)).toBe('asked')
  expect(await variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'unknown' } })
  expect(await seen('Never heard of')).toEqual([])
})
