import { afterAll, beforeAll, expect, test } from 'vitest'
import { must } from '@/lib/accounts/connected.fixture'
import { discard, store } from '@/lib/core/storage'
import { uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import { getPost } from '../lists/get'
import { publishVariant } from './publish'
import { startSending, until } from './sending.test-data'
import { settleVariant } from './settle'

let sending: Awaited<ReturnType<typeof startSending>>
beforeAll(async () => {
  sending = await startSending()
})
afterAll(() => sending.close())

/** A thread that was parked once, so that its parts are fixed. Its second has a file. */
async function thread(text: string) {
  const { owner, system } = sending
  const bytes = await picture(640, 480).jpeg().toBuffer()
  const { id: mediaId } = must(
    await uploadMedia(owner, { name: `${text}.jpg`, alt: 'A square', body: streamOf(bytes) }),
  )
  const parts = [
    { text: `${text}, part two`, mediaIds: [mediaId] },
    { text: `${text}, part three`, mediaIds: [] },
  ]
  const sent = await sending.due('x', { text: `${text}, part one #fault:429_until=1`, thread: parts })
  must(await publishVariant(system, { variantId: sent.variantId }))
  const { storageKey } = await owner.db.media.findUniqueOrThrow({ where: { id: mediaId } })
  return { ...sent, mediaId, storageKey, bytes }
}

/** Sends a thread until it waits for a person. @returns why it does */
async function reasonOf({ postId, variantId }: { postId: string; variantId: string }) {
  await until(async () => {
    must(await publishVariant(sending.system, { variantId }))
    return (await sending.variantOf(postId)).state === 'needs_person'
  })
  return (await sending.variantOf(postId)).reason
}

test('a thread that is partly out is not to be duplicated: its rest goes out when the lost file was put back', async () => {
  const text = 'Lost after the first'
  const { storageKey, bytes, ...sent } = await thread(text)
  await discard(storageKey)
  expect(await reasonOf(sent)).toEqual({
    kind: 'partly',
    message:
      '1 of 3 parts are published, and the next is not. A file of this post is gone from where files are kept. Have a backup put back and send the rest again, or leave it so.',
  })
  await store(storageKey, bytes)
  must(await settleVariant(sending.owner, { variantId: sent.variantId, answer: 'send_again' }))
  await until(async () => must(await publishVariant(sending.system, { variantId: sent.variantId })).did === 'published')
  expect((await sending.seen(text)).map((effect) => effect.text)).toEqual([
    expect.stringContaining('part one'),
    `${text}, part two`,
    `${text}, part three`,
  ])
})

test('nothing that cannot work is advised when a file of the rest was deleted', async () => {
  const text = 'Deleted after the first'
  const { mediaId, ...sent } = await thread(text)
  await sending.owner.db.media.delete({ where: { id: mediaId } })
  expect(await reasonOf(sent)).toEqual({
    kind: 'partly',
    message:
      '1 of 3 parts are published, and the next is not. A file of this post is gone from the library. The rest cannot be sent any more: leave it so.',
  })
  expect(await sending.seen(text)).toHaveLength(1)
})

test('a post whose picture is gone from the library does not go out without it: a person is asked, and may change it', async () => {
  const { owner, system } = sending
  const { postId, variantId } = await sending.due('x', { text: 'Look at this', mediaIds: ['gone'] })
  expect(must(await publishVariant(system, { variantId })).did).toBe('stopped')
  expect(await sending.variantOf(postId)).toMatchObject({ state: 'needs_person', reason: { kind: 'file_gone' } })
  must(await settleVariant(owner, { variantId, answer: 'send_again' }))
  expect(must(await publishVariant(system, { variantId })).did).toBe('stopped')
  expect(await sending.seen('Look at this')).toEqual([])
  expect(must(await getPost(owner, { postId })).movable).toBe(true)
})

test('an account that does not show the picture which is gone goes on without it', async () => {
  const { postId, variantId } = await sending.due('x', { text: 'Only words here', mediaIds: ['gone'] })
  await sending.owner.db.variant.update({ where: { id: variantId }, data: { override: { mediaIds: [] } } })
  expect(must(await publishVariant(sending.system, { variantId })).did).toBe('published')
  expect((await sending.variantOf(postId)).state).toBe('published')
})
