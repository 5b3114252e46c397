import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ask, must } from '@/lib/accounts/connected.fixture'
import { inMs, second } from '@/lib/core/clock'
import { deleteMedia, mediaDetails, uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import { makeCtx } from '@/lib/workspace/context'
import { deletePost } from '../write/delete'
import { getPost } from '../lists/get'
import { dashboard } from '../lists/queries'
import { confirmRemoved } from './confirm-removed'
import { resumeAccount } from './listen'
import { publishVariant } from './publish'
import { removeVariant } from './remove'
import { startSending, until } from './sending.test-data'
import { settleVariant } from './settle'
import { unremovedVariants } from './sweeps'

let s: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  s = await startSending()
})
afterAll(() => s.close())

const account = (state: 'healthy' | 'needs_reconnect') =>
  s.owner.db.account.update({ where: { id: s.world.accounts.bluesky }, data: { state } })
afterEach(() => account('healthy'))
/** A post that is published, deleted here, and kept there. */
async function kept(text: string) {
  const made = await s.due('bluesky', { text })
  must(await publishVariant(s.system, made))
  await account('needs_reconnect')
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  expect(await getPost(s.owner, made)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(must(await removeVariant(s.system, made)).removed).toBe(0)
  return made
}
const isHidden = async (made: { postId: string }) => !(await getPost(s.owner, made)).ok

test('a post that its network keeps though it was deleted comes back with why, and is told', async () => {
  const made = await kept('Kept for want of a key')
  expect(must(await getPost(s.owner, made))).toMatchObject({
    state: 'needs_person',
    movable: false,
    variants: [
      {
        state: 'published',
        url: expect.stringContaining('http'),
        reason: { kind: 'removal_failed', message: expect.stringContaining('still there') },
      },
    ],
  })
  const { needsYou } = must(await dashboard(s.owner, {}))
  expect(needsYou.items.map(({ id }) => id)).toContain(made.postId)
  const told = await s.owner.db.event.findMany({ where: { type: 'post.removalFailed', subjectId: made.postId } })
  expect(told).toMatchObject([{ particulars: { variantId: made.variantId, why: expect.any(String) } }])
  expect(await settleVariant(s.owner, { variantId: made.variantId, answer: 'send_again' })).toMatchObject({
    error: { code: 'CONFLICT' },
  })
})

test('it is tried again when it is deleted again, and hidden when it is gone', async () => {
  const made = await kept('Kept, and deleted again')
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  expect(await isHidden(made)).toBe(true)
  must(await removeVariant(s.system, made))
  expect(await isHidden(made)).toBe(false)
  await account('healthy')
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  expect(must(await removeVariant(s.system, made)).removed).toBe(1)
  expect(await isHidden(made)).toBe(true)
})

test('it is taken away by itself when its account works again', async () => {
  const made = await kept('Kept until the key was renewed')
  await account('healthy')
  must(await resumeAccount(s.system, { accountId: s.world.accounts.bluesky }))
  expect(must(await removeVariant(s.system, made)).removed).toBe(1)
  expect(await isHidden(made)).toBe(true)
})

test('it is hidden while it is tried again, also when that fails for a while', async () => {
  const made = await kept('Kept until the network was up again')
  await account('healthy')
  must(await resumeAccount(s.system, { accountId: s.world.accounts.bluesky }))
  await ask(s.world.sandbox, '/faults', { network: 'bluesky', operation: 'delete', fault: '429_until', param: 1 })
  expect(must(await removeVariant(s.system, made)).removed).toBe(0)
  expect(await isHidden(made)).toBe(true)
  const { needsYou } = must(await dashboard(s.owner, {}))
  expect(needsYou.items.map(({ id }) => id)).not.toContain(made.postId)
  await until(async () => must(await removeVariant(s.system, made)).removed === 1)
  expect(await isHidden(made)).toBe(true)
})

test('its files stay until it is gone at its network, and come back with it', async () => {
  const bytes = await picture(64, 64).jpeg().toBuffer()
  const { id: mediaId } = must(await uploadMedia(s.owner, { name: 'kept.jpg', alt: 'A square', body: streamOf(bytes) }))
  const made = await s.due('bluesky', { text: 'Kept with its file', mediaIds: [mediaId] })
  const { workspaceId } = s.owner
  await s.owner.db.postMedia.create({ data: { workspaceId, postId: made.postId, mediaId } })
  must(await publishVariant(s.system, made))
  const refused = { error: { code: 'CONFLICT', message: expect.stringContaining('A post shows this file') } }
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  expect(await deleteMedia(s.owner, { mediaId })).toMatchObject(refused)
  expect(must(await mediaDetails(s.owner, { mediaId }))).toMatchObject({ card: { uses: 1 }, uses: [] })
  await account('needs_reconnect')
  must(await removeVariant(s.system, made))
  expect(must(await getPost(s.owner, made)).content.mediaIds).toEqual([mediaId])
  expect(await deleteMedia(s.owner, { mediaId })).toMatchObject(refused)
  await account('healthy')
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  expect(must(await removeVariant(s.system, made)).removed).toBe(1)
  expect(must(await deleteMedia(s.owner, { mediaId }))).toEqual({ mediaId })
})

test('one worker at a time takes a post away, and the sweep leaves it to that one', async () => {
  const made = await s.due('bluesky', { text: 'Taken away by one of us' })
  must(await publishVariant(s.system, made))
  must(await deletePost(s.owner, { postId: made.postId, alsoAtNetwork: true }))
  const fault = { network: 'bluesky', operation: 'delete', fault: 'timeout_after_accept' }
  await ask(s.world.sandbox, '/faults', fault)
  process.env.NETWORK_TIMEOUT_MS = '2000'
  const all = Promise.all(Array.from({ length: 6 }, () => removeVariant(s.system, made)))
  const isSwept = async () => {
    const found = unremovedVariants.find(inMs(15 * second), 1)
    if (found.model !== 'variant') throw new Error('it looks for variants')
    return (await s.owner.db.variant.count({ where: { AND: [found.where, { id: made.variantId }] } })) > 0
  }
  await until(async () => !(await isSwept()))
  await all
  delete process.env.NETWORK_TIMEOUT_MS
  expect(await s.owner.db.attempt.findMany({ where: { variantId: made.variantId, purpose: 'remove' } })).toMatchObject([
    { outcome: 'unknown' },
  ])
  // That it may be gone is told its circuit.
  const circuit = { where: { accountId: s.world.accounts.bluesky, lane: 'publishing' } }
  expect(await s.owner.db.circuit.findFirst(circuit)).toMatchObject({ failures: 1 })
  await until(async () => must(await removeVariant(s.system, made)).removed === 1)
  expect(await s.owner.db.circuit.count(circuit)).toBe(0)
})

test('it is left there when that is said', async () => {
  const made = await kept('Kept, and left so')
  must(await deletePost(s.owner, { postId: made.postId }))
  await account('healthy')
  must(await resumeAccount(s.system, { accountId: s.world.accounts.bluesky }))
  expect(must(await removeVariant(s.system, made)).removed).toBe(0)
  expect([await isHidden(made), (await s.seen('Kept, and left so')).length]).toEqual([true, 1])
})

test('it is hidden when a person says that they deleted it there, once', async () => {
  const made = await kept('Kept, and deleted by hand')
  const manager = makeCtx({ id: s.owner.workspaceId, ...s.owner.workspace }, s.owner.actor, 'manager')
  expect(await confirmRemoved(manager, made)).toMatchObject({ error: { code: 'FORBIDDEN' } })
  expect(must(await confirmRemoved(s.owner, made))).toEqual({ isHidden: true })
  expect(await isHidden(made)).toBe(true)
  expect(await s.owner.db.variant.findUnique({ where: { id: made.variantId } })).toMatchObject({
    state: 'removed',
    reason: null,
  })
  expect(await confirmRemoved(s.owner, made)).toMatchObject({ error: { code: 'CONFLICT' } })
})
