import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { imageFile, videoFile } from '../contract-files.fixture'
import { attach, deliver, draftOf, find, metricsOf, must, ready, under } from '../contract.fixture'
import { inboxOf } from '../graph-inbox.fixture'
import { hasMetaSpecs, judgeAll, metaSpecs, openSpecWorld, type Place, type SpecWorld } from '../graph-judge.fixture'

if (!hasMetaSpecs) console.log(`Skipped: Meta's descriptions are not at ${metaSpecs}`)

/** The edges of an account and of a post, and what they give. */
const edges: Readonly<Record<string, Place>> = {
  // The address for bytes stands in Meta's guide alone.
  'POST media': { node: 'IGUser', edge: 'media', gives: 'IGMedia', also: ['uri'] },
  'GET media': { node: 'IGUser', edge: 'media', gives: 'IGMedia' },
  'GET stories': { node: 'IGUser', edge: 'stories', gives: 'IGMedia' },
  'POST media_publish': { node: 'IGUser', edge: 'media_publish', gives: 'IGMedia' },
  // What a quota is made of is described nowhere of ours.
  'GET content_publishing_limit': {
    node: 'IGUser',
    edge: 'content_publishing_limit',
    also: ['quota_usage', 'config'],
  },
  'POST mentions': { node: 'IGUser', edge: 'mentions' },
  'GET comments': { node: 'IGMedia', edge: 'comments', gives: 'IGComment' },
  'POST comments': { node: 'IGMedia', edge: 'comments', gives: 'IGComment' },
  'GET insights': { node: 'IGMedia', edge: 'insights', gives: 'InsightsResult' },
  'GET replies': { node: 'IGComment', edge: 'replies', gives: 'IGComment' },
  'POST replies': { node: 'IGComment', edge: 'replies', gives: 'IGComment' },
}

describe.skipIf(!hasMetaSpecs)('by the descriptions Meta publishes', () => {
  let world: SpecWorld
  let taken: string | undefined
  beforeAll(async () => {
    world = await openSpecWorld('instagram')
  })
  afterAll(() => world.close())

  const placeOf = (method: string, path: string): Place | undefined => {
    const [, first, object = '', edge] = new URL(path, 'http://x').pathname.split('/')
    // Signing in, bytes, chats and subscriptions of this login are described nowhere of ours.
    if (first !== 'v26.0' || (object === 'me' && edge !== undefined)) return undefined
    if (edge !== undefined) return edges[`${method} ${edge}`]
    if (object === taken) return { node: 'IGComment', also: ['success'] }
    if (object === 'me') return { node: 'IGUser', also: ['user_id', 'account_type'] }
    // Containers have a page in Meta's reference, and no description.
    return object.startsWith('1789') ? undefined : { node: 'IGMedia' }
  }

  test('every request of the adapter, and every answer it is built for, is as Meta describes it', async () => {
    const { of, turn } = world
    const { platform, app, as } = of
    const { reply, findReply, pollPost } = inboxOf(of)
    if (!platform.quota) throw new Error('Instagram tells no quota')
    const since = new Date()
    const picture = await attach(of, await imageFile('navy', 'A navy square'))
    const second = await attach(of, await imageFile('plum', 'A plum square'))
    const film = await attach(of, videoFile(500_000, 'spec'))
    const chosen = { collaborators: ['rosa'], cover_at: '1', share_to_feed: true, trial: 'MANUAL' }
    const root = must(await deliver(of, await draftOf(of, 'By the book', { media: [picture] }), turn))
    const said = { people: ['rosa 0.3 0.7'], place: '110843418940484' }
    const inBoth = { people: [...said.people, '3: ada'] }
    must(await deliver(of, await draftOf(of, 'All', { media: [picture, film, second], options: inBoth }), turn))
    const reel = { media: [film, picture], options: { format: 'reel', ...chosen, ...said } }
    must(await deliver(of, await draftOf(of, 'A reel', reel), turn))
    for (const media of [[film], [picture]]) {
      const story = await draftOf(of, '', { media, options: { format: 'story' } })
      const part = must(await ready(of, story, turn))
      must(await platform.publish(app, as, part))
      must(await find(of, part, since))
    }
    const comment = must(
      await platform.publish(app, as, await draftOf(of, 'First', { kind: 'comment', ...under(root) })),
    )
    const part = must(await ready(of, await draftOf(of, 'Found', { media: [picture] }), turn))
    must(await platform.publish(app, as, part))
    must(await find(of, part, since))
    const key = part.key
    const to = { externalId: comment.externalId, kind: 'comment', conversation: root.externalId } as const
    const thanks = { to: { ...to, post: root.externalId, ref: { under: comment.externalId } }, text: 'Thanks', key }
    must(await reply(app, as, thanks))
    must(await findReply(app, as, thanks, since))
    const mention = { ...thanks, to: { ...to, kind: 'mention', ref: { media: root.externalId } } } as const
    must(await reply(app, as, mention))
    const [seen] = must(await pollPost(app, as, root, undefined)).items
    const { complete } = platform.inbox ?? {}
    if (!seen || !complete) throw new Error('Nothing stands under the post, or nothing tells what a mention says')
    const { id: media } = z
      .object({ id: z.string() })
      .parse(await (await world.speak('mention', 'By the book, too')).json())
    expect(must(await complete(app, as, { ...seen, ref: { media } }))?.text).toContain('By the book, too')
    must(await complete(app, as, { ...seen, ref: { media, comment: media } }))
    const { hiding } = platform.inbox ?? {}
    if (!hiding?.deleting) throw new Error('Instagram hides or deletes nothing')
    taken = seen.externalId
    must(await hiding.hide(app, as, seen, true))
    must(await hiding.hide(app, as, seen, false))
    must(await hiding.deleting.take(app, as, seen))
    must(await metricsOf(of, root))
    must(await platform.quota(app, as))
    must(await platform.check(app, as))

    const { complaints, judged } = judgeAll(world.exchanges, placeOf)
    expect(complaints).toEqual([])
    expect(judged).toEqual(
      [
        'DELETE IGComment',
        'GET IGComment/replies',
        'GET IGMedia',
        'GET IGMedia/comments',
        'GET IGMedia/insights',
        'GET IGUser',
        'GET IGUser/content_publishing_limit',
        'GET IGUser/media',
        'GET IGUser/stories',
        'POST IGComment',
        'POST IGComment/replies',
        'POST IGMedia/comments',
        'POST IGUser/media',
        'POST IGUser/media_publish',
        'POST IGUser/mentions',
      ].toSorted(),
    )
  })
})
