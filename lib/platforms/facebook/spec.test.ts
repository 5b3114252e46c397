import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { imageFile, videoFile } from '../contract-files.fixture'
import { attach, deliver, draftOf, find, metricsOf, must, remove, under } from '../contract.fixture'
import { inboxOf } from '../graph-inbox.fixture'
import { hasMetaSpecs, judgeAll, metaSpecs, openSpecWorld, type Place, type SpecWorld } from '../graph-judge.fixture'

if (!hasMetaSpecs) console.log(`Skipped: Meta's descriptions are not at ${metaSpecs}`)

/** The edges of a page, and what they give. `also` is what Meta's guides name beside the descriptions. */
const edges: Readonly<Record<string, Omit<Place, 'node' | 'edge'>>> = {
  'GET feed': { gives: 'PagePost' },
  'POST feed': {},
  'GET tagged': { gives: 'PagePost' },
  // The bytes of a photo: the description leaves files out.
  'POST photos': { gives: 'Photo', also: ['source', 'post_id'] },
  'POST photo_stories': { also: ['post_id'] },
  'POST video_reels': { gives: 'AdVideo', also: ['video_id', 'upload_url', 'post_id'] },
  'POST video_stories': { gives: 'AdVideo', also: ['video_id', 'upload_url', 'post_id'] },
  'POST videos': { gives: 'AdVideo', also: ['video_id', 'upload_session_id', 'start_offset', 'end_offset'] },
  'GET conversations': { gives: 'UnifiedThread' },
  'POST messages': { also: ['recipient_id', 'message_id'] },
  // The bytes, and what is given for them, stand in Meta's guide alone.
  'POST message_attachments': { also: ['filedata', 'attachment_id'] },
  'POST subscribed_apps': {},
  // A page's answer is about apps.
  'GET subscribed_apps': { also: ['subscribed_fields', 'name'] },
  // A recommendation stands in no description of ours: these are its names in Meta's SDK.
  'GET ratings': {
    also: [
      'created_time',
      'has_rating',
      'has_review',
      'rating',
      'recommendation_type',
      'review_text',
      'reviewer',
      'open_graph_story',
    ],
  },
  // Its own fields stand in no description of ours.
  'GET stories': { also: ['post_id', 'status', 'creation_time', 'media_type', 'media_id', 'url'] },
}

describe.skipIf(!hasMetaSpecs)('by the descriptions Meta publishes', () => {
  let world: SpecWorld
  let writer: string | undefined
  let taken: string | undefined
  beforeAll(async () => {
    world = await openSpecWorld('facebook')
  })
  afterAll(() => world.close())

  const placeOf = (method: string, path: string): Place | undefined => {
    const [, , object = '', edge] = new URL(path, 'http://x').pathname.split('/')
    // Neither the doctor's question nor signing in is described there.
    if (object === 'debug_token' || object === 'oauth') return undefined
    if (object === 'me') return edge === 'accounts' ? { node: 'User', edge, gives: 'Page', also: ['tasks'] } : undefined
    if (edge === 'thumbnails') return { node: 'AdVideo', edge, also: ['success'] }
    if (edge === 'comments')
      return { node: object.split('_').length > 1 ? 'PagePost' : 'AdVideo', edge, gives: 'Comment' }
    if (edge !== undefined) {
      const known = edges[`${method} ${edge}`]
      return known && { node: 'Page', edge, ...known }
    }
    // Several at once: figures are of posts.
    if (method === 'POST' && edge === undefined) return { node: 'Comment', also: ['success'] }
    if (object === taken) return { node: 'Comment' }
    if (object === '') return { node: path.includes('insights') ? 'PagePost' : 'Comment' }
    if (object === world.of.as.externalId) return { node: 'Page' }
    if (object === writer) return { node: 'User' }
    return { node: object.includes('_') ? 'PagePost' : 'AdVideo' }
  }

  test('every request of the adapter, and every answer it is built for, is as Meta describes it', async () => {
    const { of, turn, speak } = world
    const { platform, app, as } = of
    const { inbox } = platform
    const since = new Date()
    const photos = [
      await attach(of, await imageFile('navy', 'A navy square')),
      await attach(of, await imageFile('red', '')),
    ]
    const part = await draftOf(of, 'By the book', { media: photos })
    const root = must(await deliver(of, part, turn))
    await speak('comment')
    const film = [await attach(of, videoFile(5 * 1024 * 1024, 'spec'))]
    const filmed = must(
      await deliver(of, await draftOf(of, 'A film', { media: film, options: { film_title: 'Harbour' } }), turn),
    )
    const covered = [...film, ...photos.slice(0, 1)]
    await deliver(
      of,
      await draftOf(of, 'A reel', { media: covered, options: { format: 'reel', film_title: 'Harbour' } }),
      turn,
    )
    must(await deliver(of, await draftOf(of, 'Covered', { media: covered, options: { format: 'video' } }), turn))
    const story = (media: typeof film) => draftOf(of, '', { media, options: { format: 'story' } })
    await deliver(of, await story(film), turn)
    const picture = await story(photos.slice(0, 1))
    await deliver(of, picture, turn)
    must(await deliver(of, await draftOf(of, 'First', { kind: 'comment', ...under(root) })))
    must(await find(of, await draftOf(of, 'Not there'), since))
    must(await find(of, { ...picture, prepared: { photos: ['0'] } }, since))
    must(await find(of, await draftOf(of, 'Not there', { kind: 'comment', ...under(root) }), since))
    for (const kind of ['mention', 'dm', 'review']) await speak(kind)
    const { poll, pollPost, reply, findReply } = inboxOf(of)
    if (!inbox?.identify || !inbox.bringFile || !inbox.again || !platform.examine)
      throw new Error('Facebook can do less than it could')
    const { items } = must(await poll(app, as, undefined))
    const dm = items.find(({ kind }) => kind === 'dm')
    const mention = items.find(({ kind }) => kind === 'mention')
    const comment = must(await pollPost(app, as, root, undefined)).items.find(({ own }) => !own)
    const [photo] = photos.flatMap(({ file }) => (file ? [file] : []))
    if (!dm || !mention || !comment || !photo) throw new Error('What was said did not come')
    must(await inbox.again.look(app, as, [comment, mention]))
    if (!inbox.hiding) throw new Error('Facebook hides nothing')
    must(await inbox.hiding.hide(app, as, comment, true))
    must(await inbox.hiding.hide(app, as, comment, false))
    writer = dm.author.externalId
    must(await inbox.identify(app, as, writer))
    must(await reply(app, as, { to: dm, text: 'Hi', key: part.key }))
    const privately = { person: comment.author.externalId }
    must(await reply(app, as, { to: comment, text: 'Between us', privately, key: part.key }))
    const { ref } = must(await inbox.bringFile(app, as, photo, mention))
    const media = [{ kind: photo.kind, alt: photo.alt, ref }]
    must(await inbox.bringFile(app, as, photo, dm))
    must(await reply(app, as, { to: mention, text: 'Look', key: part.key, media }))
    must(await findReply(app, as, { to: dm, text: 'Hi', key: part.key }, since))
    must(await findReply(app, as, { to: comment, text: 'Between us', privately, key: part.key }, since))
    if (!inbox.hiding.deleting) throw new Error('Facebook deletes nothing')
    taken = comment.externalId
    must(await inbox.hiding.deleting.take(app, as, comment))
    must(await metricsOf(of, root))
    must(await metricsOf(of, filmed))
    must(await platform.check(app, as))
    must(await platform.examine(app, as))
    must(await remove(of, root))

    const { complaints, judged } = judgeAll(world.exchanges, placeOf)
    expect(complaints).toEqual([])
    expect(judged).toEqual(
      [
        'DELETE Comment',
        'DELETE PagePost',
        'GET AdVideo',
        'GET Comment',
        'GET Page',
        'GET Page/conversations',
        'GET Page/feed',
        'GET Page/ratings',
        'GET Page/stories',
        'GET Page/subscribed_apps',
        'GET Page/tagged',
        'GET PagePost',
        'GET PagePost/comments',
        'GET User',
        'GET User/accounts',
        'POST AdVideo/thumbnails',
        'POST Comment',
        'POST Page/feed',
        'POST Page/message_attachments',
        'POST Page/messages',
        'POST Page/photo_stories',
        'POST Page/photos',
        'POST Page/subscribed_apps',
        'POST Page/video_reels',
        'POST Page/video_stories',
        'POST Page/videos',
        'POST PagePost/comments',
      ].toSorted(),
    )
  })
})
