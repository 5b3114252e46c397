import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deletePost } from '@/lib/posts'
import { uploadMedia } from '@/lib/media'
import { must, newDesk, type Desk } from './desk'
import { newPerson, type Stored } from './person'
import { startWorker, type Worker } from './worker'

let desk: Desk
let worker: Worker
beforeAll(async () => {
  desk = await newDesk()
  worker = startWorker()
})
afterAll(async () => {
  await worker.kill()
  await desk.close()
})

const stored = async (text: string): Promise<Stored> => {
  const found = (await desk.person.posts()).filter(({ record }) => record.text === text)
  expect(found.map(({ uri }) => uri)).toHaveLength(1)
  // The line above has seen that there is one.
  return found[0] as Stored
}

test('links, mentions and tags are where the server’s own bytes say, and a handle that nobody has is plain text', async () => {
  const bob = await newPerson('bob')
  const link = 'https://www.example.com/a/very/long/path?x=y'
  const postId = await desk.send({ text: `Grüezi 👩‍👩‍👧 @${bob.handle}: ${link}. @nobody-here.test #früh🌅` })
  const ledger = await desk.until(postId, 'published')

  const { uri, record } = await stored(
    `Grüezi 👩‍👩‍👧 @${bob.handle}: www.example.com/a/very/long/.... @nobody-here.test #früh🌅`,
  )
  const bytes = new TextEncoder().encode(record.text)
  const facets = record.facets?.map(({ index, features: [feature] }) => ({
    shown: new TextDecoder('utf-8', { fatal: true }).decode(bytes.slice(index.byteStart, index.byteEnd)),
    ...feature,
  }))
  expect(facets).toEqual([
    { shown: `@${bob.handle}`, $type: 'app.bsky.richtext.facet#mention', did: bob.did },
    { shown: 'www.example.com/a/very/long/...', $type: 'app.bsky.richtext.facet#link', uri: link },
    { shown: '#früh🌅', $type: 'app.bsky.richtext.facet#tag', tag: 'früh🌅' },
  ])
  expect(ledger.steps).toMatchObject([{ state: 'done', externalId: uri, proof: { by: 'answer' } }])
  expect(ledger.url).toBe(`https://bsky.app/profile/${desk.person.did}/post/${uri.split('/').at(-1)}`)
})

test('languages, a warning and who may reply are kept by the server', async () => {
  const chosen = { languages: ['de'], warning: 'nudity', replies: 'mentioned' }
  await desk.until(await desk.send({ text: 'Nur für Erwähnte' }, chosen), 'published')
  const { uri, record } = await stored('Nur für Erwähnte')
  expect(record).toMatchObject({ langs: ['de'], labels: { values: [{ val: 'nudity' }] } })
  expect(await desk.person.gate(uri.split('/').at(-1) ?? '')).toEqual(['app.bsky.feed.threadgate#mentionRule'])
})

test('pictures arrive whole, with their alt texts and their shapes', async () => {
  const shapes = [
    { width: 320, height: 180, alt: 'A red field' },
    { width: 90, height: 160, alt: 'Ein grünes Feld 🌱' },
  ]
  const mediaIds: string[] = []
  for (const { width, height, alt } of shapes) {
    const background = mediaIds.length === 0 ? 'red' : 'green'
    const png = await sharp({ create: { width, height, channels: 3, background } })
      .png()
      .toBuffer()
    const body = new Blob([new Uint8Array(png)]).stream()
    mediaIds.push(must(await uploadMedia(desk.ctx, { name: 'field.png', alt, body })).id)
  }
  await desk.until(await desk.send({ text: 'Two fields', mediaIds }), 'published')

  const { record } = await stored('Two fields')
  expect(record.embed).toMatchObject({
    $type: 'app.bsky.embed.images',
    images: shapes.map(({ width, height, alt }) => ({
      alt,
      aspectRatio: { width, height },
      image: { mimeType: 'image/png' },
    })),
  })
  // Its shape was just compared.
  const { images } = record.embed as unknown as { images: { image: { ref: { $link: string } } }[] }
  for (const [at, { image }] of images.entries()) {
    const { width, height } = await sharp(await desk.person.file(image.ref.$link)).metadata()
    expect({ width, height }).toEqual({ width: shapes[at]?.width, height: shapes[at]?.height })
  }
})

test('a link becomes a card', async () => {
  const link = 'https://example.com/launch'
  const content = { text: 'We launch', link, linkTitle: 'Launch day', linkDescription: 'All about it' }
  await desk.until(await desk.send(content), 'published')
  expect((await stored('We launch')).record.embed).toEqual({
    $type: 'app.bsky.embed.external',
    external: { uri: link, title: 'Launch day', description: 'All about it' },
  })
})

test('a thread of three hangs together, with its first comment below the first post; deleted here, all of it is gone there', async () => {
  const postId = await desk.send({
    text: 'One',
    thread: [
      { text: 'Two', mediaIds: [] },
      { text: 'Three', mediaIds: [] },
    ],
    firstComment: 'And a comment',
  })
  const ledger = await desk.until(postId, 'published')
  const [one, two, three, comment] = [
    await stored('One'),
    await stored('Two'),
    await stored('Three'),
    await stored('And a comment'),
  ]
  expect(one.record.reply).toBeUndefined()
  const below = (parent: Stored) => ({ root: { uri: one.uri }, parent: { uri: parent.uri } })
  expect(two.record.reply).toEqual(below(one))
  expect(three.record.reply).toEqual(below(two))
  expect(comment.record.reply).toEqual(below(one))
  expect(ledger.steps.map(({ externalId }) => externalId)).toEqual([one.uri, two.uri, three.uri, comment.uri])

  must(await deletePost(desk.ctx, { postId, alsoAtNetwork: true }))
  const mine = new Set([one.uri, two.uri, three.uri, comment.uri])
  await expect
    .poll(async () => (await desk.person.posts()).filter(({ uri }) => mine.has(uri)), { timeout: 100_000 })
    .toEqual([])
})

test('a post that is taken away is gone, although the answer to that was lost', async () => {
  const postId = await desk.send({ text: 'Soon gone' })
  const { id } = await desk.until(postId, 'published')
  const lost = desk.road.next('com.atproto.repo.deleteRecord', 'lose_answer')
  must(await deletePost(desk.ctx, { postId, alsoAtNetwork: true }))
  await lost
  const stateOf = async () => (await desk.ctx.db.variant.findUnique({ where: { id }, select: { state: true } }))?.state
  await expect.poll(stateOf, { timeout: 100_000 }).toBe('removed')
  expect((await desk.person.posts()).map(({ record }) => record.text)).not.toContain('Soon gone')
})
