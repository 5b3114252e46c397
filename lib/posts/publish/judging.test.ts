import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectAs, must } from '@/lib/accounts/connected.fixture'
import { newId } from '@/lib/core/ids'
import type { PlatformName } from '@/lib/platforms'
import { publishVariant } from './publish'
import { reconcileVariant } from './reconcile'
import { startSending, until } from './sending.test-data'
import { settleVariant } from './settle'
import type { PostOverride } from '../schema'

type Options = NonNullable<PostOverride['options']>

let sending: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  sending = await startSending()
})
afterAll(() => sending.close())

/** A post as it may lie there from a time when nobody judged it: scheduled, and due now. */
async function due(platform: PlatformName, text: string, options: Options) {
  const { owner } = sending
  const [postId, variantId, accountId] = [newId(), newId(), await connectAs(owner, platform)]
  const shared = { workspaceId: owner.workspaceId, publishAt: new Date(), state: 'scheduled' as const }
  await owner.db.post.create({
    data: { ...shared, id: postId, authorId: owner.actor.id, content: { text }, excerpt: text, platforms: [platform] },
  })
  await owner.db.variant.create({
    data: { ...shared, id: variantId, postId, accountId, platform, override: { options } },
  })
  return { postId, variantId }
}

const board = '549755885175'

test.for<{ platform: PlatformName; options: Options; said: string }>([
  { platform: 'telegram', options: { topic: 'News' }, said: 'Topic: Telegram wants the number of a topic' },
  { platform: 'telegram', options: { topic: '0' }, said: 'Topic: Telegram wants the number of a topic' },
  { platform: 'pinterest', options: { board, cover: '2.9' }, said: 'Cover at second: Pinterest wants a whole number' },
  { platform: 'threads', options: { topic_tag: 'St. Gallen' }, said: 'Topic: Threads wants a topic' },
  { platform: 'threads', options: { topic_tag: '#' }, said: 'Topic: Threads wants a topic' },
  { platform: 'instagram', options: { format: 'reel', cover_at: 'soon' }, said: 'Instagram wants seconds, as in 2.5' },
  { platform: 'reddit', options: {}, said: 'Reddit wants you to choose' },
  { platform: 'mastodon', options: { unheard: true }, said: 'Mastodon has no setting named “unheard”' },
])('$platform is not sent a post that was scheduled with $options: its author is told why', async (wrong) => {
  const { owner, system, seen, variantOf } = sending
  const { platform, options, said } = wrong
  const text = `Unjudged ${platform} ${JSON.stringify(options)}`
  const { postId, variantId } = await due(platform, text, options)
  const refused = {
    state: 'refused',
    reason: { kind: 'refused', message: expect.stringMatching(/Duplicate this post, and choose that anew\.$/) },
    steps: [{ state: 'refused', attempts: [] }],
  }
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject(refused)
  expect((await variantOf(postId)).reason?.message).toContain(said)
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  must(await publishVariant(system, { variantId }))
  expect(await variantOf(postId)).toMatchObject(refused)
  expect(await seen(text)).toEqual([])
})

test('what may be at the network already is not judged any more: the same goes out again, once', async () => {
  const { owner, system, seen, variantOf } = sending
  const text = 'Tried before it was judged #fault:drop_request'
  const { postId, variantId } = await due('x', text, {})
  must(await publishVariant(system, { variantId }))
  await owner.db.variant.update({ where: { id: variantId }, data: { override: { options: { unheard: true } } } })
  await until(async () => must(await reconcileVariant(system, { variantId })).did === 'absent')
  must(await publishVariant(system, { variantId }))
  expect((await variantOf(postId)).state).toBe('published')
  expect(await seen(text)).toHaveLength(1)
})
