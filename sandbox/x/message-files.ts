import { type Call, type Reply, type Route, bytes, empty, param } from '../core/call'
import type { World } from '../core/network'
import type { Post } from '../core/state'
import { userOf } from './caller'
import { chatWith, membersOf } from './chats'

export const mediaKey = (message: Post, index: number): string => `3_${mediaId(message, index)}`
const mediaId = (message: Post, index: number): string => `${BigInt(message.id) + BigInt(index) + 1n}`
const resourceOf = (blob: string): string => blob.slice(0, 12)

/** The files of a message, as an expansion names them: a picture has an address, a film one for each rendering. */
export const filesView = (world: World, message: Post, asked: ReadonlySet<string>) =>
  message.media.map(({ blob, mime }, i) => {
    const isFilm = mime.startsWith('video/')
    const place = `${world.url()}/1.1/ton/data/dm/${message.id}/${mediaId(message, i)}/${resourceOf(blob)}.jpg`
    const film = `${world.url()}/dm_video/${message.id}/${i}`
    return {
      media_key: mediaKey(message, i),
      type: isFilm ? 'video' : 'photo',
      ...(asked.has('url') && !isFilm ? { url: place } : {}),
      ...(asked.has('variants') && isFilm
        ? {
            variants: [
              { content_type: 'application/x-mpegURL', url: `${film}/pl.m3u8` },
              { content_type: 'video/mp4', bit_rate: 288_000, url: `${film}/small.mp4` },
              { content_type: 'video/mp4', bit_rate: 2_176_000, url: `${film}/large.mp4` },
            ],
          }
        : {}),
    }
  })

/** Addresses of messages' files want the account's own sign-in; a link to one shows nothing. */
export const fileRoutes = (world: World): readonly Route[] => [
  {
    method: 'GET',
    path: '/2/dm_conversations/media/:message/:media/:resource',
    operation: 'read',
    handle: (call) => {
      const index = (m: Post) =>
        m.media.findIndex(
          ({ blob }, i) =>
            mediaId(m, i) === param(call, 'media') && `${resourceOf(blob)}.jpg` === param(call, 'resource'),
        )
      return file(world, call, index)
    },
  },
  {
    method: 'GET',
    path: '/dm_video/:message/:index/:rendering',
    operation: 'read',
    handle: (call) =>
      file(world, call, () => (param(call, 'rendering').endsWith('.mp4') ? Number(param(call, 'index')) : -1)),
  },
  // This one takes OAuth 1.0a alone.
  { method: 'GET', path: '/1.1/ton/data/dm/:message/:media/:resource', handle: () => empty(401) },
]

/** To those in the chat alone. */
function file(world: World, call: Call, at: (message: Post) => number): Reply {
  const caller = userOf(world, call, ['dm.read'])
  if ('refusal' in caller) return caller.refusal
  const message = world.posts.get(param(call, 'message'))
  const isTheirs = membersOf((message && chatWith(message)) ?? '').includes(caller.account.id)
  const found = message && isTheirs && !message.deletedAt ? message.media[at(message)] : undefined
  const bytesOf = found && world.blobs.get(found.blob)
  return found && bytesOf ? bytes(bytesOf, found.mime) : empty(404)
}
