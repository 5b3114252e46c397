import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeWorld, must, type ConnectedWorld } from '@/lib/accounts/connected.fixture'
import { closeDoors } from '@/lib/core/rate'
import { uploadMedia } from '@/lib/media'
import { picture, streamOf } from '@/lib/media/desk.fixture'
import { closeAll } from '../desk.test-data'
import type { PostContent, PostOverride } from '../schema'
import { checkPost } from './check'

let world: ConnectedWorld
const files: Record<'picture' | 'gif', string> = { picture: '', gif: '' }
beforeAll(async () => {
  world = await makeWorld(['tiktok', 'telegram', 'mastodon'])
  const keep = async (name: string, bytes: Uint8Array) =>
    must(await uploadMedia(world.ctx, { name, alt: 'A square', body: streamOf(bytes) })).id
  files.picture = await keep('square.jpg', await picture(800, 800).jpeg().toBuffer())
  files.gif = await keep('square.gif', await picture(80, 80).gif().toBuffer())
})
afterAll(async () => {
  await world.close()
  await closeDoors()
  await closeAll()
})

/** Everything the composer shows against a post: by the rules, and by the network. */
async function against(
  kind: 'tiktok' | 'telegram' | 'mastodon',
  content: Partial<PostContent> & { readonly text: string },
  override?: PostOverride,
) {
  const accountId = world.accounts[kind] ?? ''
  const target = override ? { accountId, override } : { accountId }
  const check = must(await checkPost(world.ctx, { content, targets: [target], askNetworks: true }))
  expect(check.network.map(({ unasked }) => unasked)).toEqual([undefined])
  return {
    rules: check.problems.filter(({ severity }) => severity === 'refusal').map(({ message }) => message),
    network: check.network.flatMap(({ objections }) => objections),
  }
}

const poll = { options: ['Dark', 'Light'], minutes: 60, multiple: false }

test('what the rules say is not said again by the network: an audience that nobody chose, on TikTok', async () => {
  expect(await against('tiktok', { text: 'Look', mediaIds: [files.picture] })).toEqual({
    rules: ['TikTok wants you to choose “Who can see it”.'],
    network: [],
  })
  const said = await against(
    'tiktok',
    { text: 'Look', mediaIds: [files.picture] },
    { options: { privacy: 'FOLLOWER_OF_CREATOR' } },
  )
  expect(said).toEqual({ rules: [], network: [expect.stringContaining('may not show posts to Followers')] })
})

test('on Telegram: a long caption, a long question, a poll with files, a GIF among others', async () => {
  const beside = [files.picture]
  expect(await against('telegram', { text: 'x'.repeat(1025), mediaIds: beside })).toEqual({
    rules: ['Telegram counts 1025 of 1024 characters: remove 1.'],
    network: [],
  })
  expect(await against('telegram', { text: 'x'.repeat(301), poll })).toEqual({
    rules: ['Telegram counts 301 of 300 characters: remove 1.'],
    network: [],
  })
  expect(await against('telegram', { text: 'Both?', poll, mediaIds: beside })).toEqual({
    rules: ['Telegram takes a poll or files, not both. Remove one or the other.'],
    network: [],
  })
  expect(await against('telegram', { text: 'Moving', mediaIds: [files.gif, ...beside] })).toEqual({
    rules: [expect.stringMatching(/^Telegram shows a GIF alone\./)],
    network: [],
  })
})

test('on Mastodon: a text that is as much too long there as it is by what the server said before', async () => {
  expect(await against('mastodon', { text: 'x'.repeat(501) })).toEqual({
    rules: ['Mastodon counts 501 of 500 characters: remove 1.'],
    network: [],
  })
})
