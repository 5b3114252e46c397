import { type Call, type Reply, type Route, empty, json, jsonBody } from '../core/call'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { z } from 'zod'
import { channelOf, googleAccountOf } from './caller'
import { etag, uploadsId } from './ids'
import { badRequest, forbidden, notFound } from './problems'
import { partsOf } from './parts'
import { units } from './quota'
import { recordOf, videoView, videosOf } from './record'

const categories = [
  { id: '1', title: 'Film & Animation', assignable: true },
  { id: '10', title: 'Music', assignable: true },
  { id: '18', title: 'Short Movies', assignable: false },
  { id: '22', title: 'People & Blogs', assignable: true },
  { id: '26', title: 'Howto & Style', assignable: true },
  { id: '27', title: 'Education', assignable: true },
]
/** Every channel has the same two playlists. */
const playlistNames = ['How to brew', 'From the roastery']

const Addition = z.object({
  snippet: z.object({
    playlistId: z.string(),
    resourceId: z.object({ kind: z.literal('youtube#video'), videoId: z.string() }),
  }),
})

export function readRoutes(world: World): readonly Route[] {
  const at = (resource: string) => `/youtube/v3/${resource}`
  const list = units(1)
  return [
    { method: 'GET', path: at('channels'), operation: 'profile', limit: list, handle: (call) => channels(world, call) },
    { method: 'GET', path: at('videos'), operation: 'metrics', limit: list, handle: (call) => videos(world, call) },
    {
      method: 'DELETE',
      path: at('videos'),
      operation: 'delete',
      limit: units(50),
      handle: (call) => remove(world, call),
    },
    {
      method: 'GET',
      path: at('playlists'),
      operation: 'profile',
      limit: list,
      handle: (call) => playlists(world, call),
    },
    { method: 'GET', path: at('playlistItems'), operation: 'read', limit: list, handle: (call) => items(world, call) },
    {
      method: 'POST',
      path: at('playlistItems'),
      operation: 'edit',
      limit: units(50),
      handle: (call) => addItem(world, call),
    },
    {
      method: 'GET',
      path: at('videoCategories'),
      operation: 'profile',
      limit: list,
      handle: (call) => named(world, call),
    },
  ]
}

const needsPart = (call: Call): Reply | undefined =>
  partsOf(call).length > 0 ? undefined : badRequest('missingRequiredParameter', 'No filter selected: part')

/** A page of a list, as Google gives it. The token is where the next page begins. */
export function pageOf<T>(call: Call, kind: string, all: readonly T[], view: (one: T) => object): Reply {
  const size = Math.min(100, Math.max(1, Number(call.query.get('maxResults') ?? 20)))
  const start = Number(Buffer.from(call.query.get('pageToken') ?? '', 'base64url').toString() || 0)
  if (Number.isNaN(start)) return badRequest('invalidPageToken', 'The request specifies an invalid page token.')
  const page = all.slice(start, start + size).map(view)
  const more = start + size < all.length
  return json(200, {
    kind,
    etag: etag(page),
    ...(more ? { nextPageToken: Buffer.from(String(start + size)).toString('base64url') } : {}),
    pageInfo: { totalResults: all.length, resultsPerPage: size },
    items: page,
  })
}

function channels(world: World, call: Call): Reply {
  const caller = googleAccountOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const missing = needsPart(call)
  if (missing) return missing
  const id = call.query.get('id')
  const wanted = id === null ? [caller.account] : id.split(',').flatMap((one) => accountById(world, one) ?? [])
  const found = wanted.filter(({ kind }) => kind === 'page')
  const page = found.map((channel) => channelView(world, channel, partsOf(call)))
  // Nothing found is no empty list here: the list itself is missing.
  return json(200, {
    kind: 'youtube#channelListResponse',
    etag: etag(page),
    pageInfo: { totalResults: page.length, resultsPerPage: 5 },
    ...(page.length > 0 ? { items: page } : {}),
  })
}

function channelView(world: World, channel: Account, parts: readonly string[]) {
  const url = `${world.url()}/avatar/${encodeURIComponent(channel.id)}`
  const all: Record<string, unknown> = {
    snippet: {
      title: channel.name,
      description: channel.bio,
      customUrl: `@${channel.handle}`,
      publishedAt: new Date(channel.createdAt).toISOString(),
      thumbnails: { default: { url, width: 88, height: 88 } },
    },
    contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsId(channel.id) } },
    statistics: {
      viewCount: '4096',
      subscriberCount: '1280',
      hiddenSubscriberCount: false,
      videoCount: String(videosOf(world, channel).length),
    },
    status: {
      privacyStatus: 'public',
      isLinked: true,
      longUploadsStatus: world.state.facts[`unverified:${channel.id}`] === undefined ? 'allowed' : 'eligible',
      madeForKids: false,
    },
  }
  const chosen = Object.fromEntries(Object.entries(all).filter(([name]) => parts.includes(name)))
  return { kind: 'youtube#channel', etag: etag(chosen), id: channel.id, ...chosen }
}

/** One's own videos, and of others what is not private. */
function videos(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const missing = needsPart(call)
  if (missing) return missing
  const ids = (call.query.get('id') ?? '').split(',').filter(Boolean)
  if (ids.length === 0 || ids.length > 50) return badRequest('missingRequiredParameter', 'No filter selected.')
  const found = ids
    .flatMap((id) => world.posts.get(id) ?? [])
    .filter(
      (p) =>
        p.kind === 'post' &&
        isVisible(p, world.now()) &&
        (p.accountId === caller.account.id || recordOf(p).status.privacyStatus !== 'private'),
    )
  return pageOf(call, 'youtube#videoListResponse', found, (p) => videoView(world, p, partsOf(call)))
}

function remove(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const video = world.posts.get(call.query.get('id') ?? '')
  if (!video || video.kind !== 'post' || video.deletedAt !== undefined)
    return notFound('videoNotFound', 'The video that you are trying to delete cannot be found.')
  if (video.accountId !== caller.account.id) return forbidden('forbidden', 'The video cannot be deleted.')
  video.deletedAt = world.now()
  return empty(204)
}

const playlistsOf = (channel: Account) =>
  playlistNames.map((title, index) => ({ id: `PL${channel.id.slice(2)}${index}`, title }))

function playlists(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  return pageOf(call, 'youtube#playlistListResponse', playlistsOf(caller.account), ({ id, title }) => ({
    kind: 'youtube#playlist',
    etag: etag(id),
    id,
    snippet: {
      title,
      description: '',
      channelId: caller.account.id,
      channelTitle: caller.account.name,
      publishedAt: new Date(caller.account.createdAt).toISOString(),
    },
  }))
}

const Members = z.array(z.string())
const membersOf = (world: World, playlistId: string): readonly string[] =>
  Members.parse(JSON.parse(world.state.facts[`playlist:${playlistId}`] ?? '[]'))

/** What a playlist of a channel holds: its uploads, newest first, or what was put into it. */
function held(world: World, channel: Account, playlistId: string): readonly Post[] | undefined {
  if (playlistId === uploadsId(channel.id)) return videosOf(world, channel)
  if (!playlistsOf(channel).some(({ id }) => id === playlistId)) return undefined
  return membersOf(world, playlistId)
    .flatMap((id) => world.posts.get(id) ?? [])
    .filter((p) => isVisible(p, world.now()))
}

const noPlaylist = () =>
  notFound('playlistNotFound', 'The playlist identified with the request’s playlistId parameter cannot be found.')

function items(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const playlistId = call.query.get('playlistId') ?? ''
  const found = held(world, caller.account, playlistId)
  if (!found) return noPlaylist()
  const only = call.query.get('videoId')
  const listed = only === null ? found : found.filter(({ id }) => id === only)
  return pageOf(call, 'youtube#playlistItemListResponse', listed, (p) =>
    itemView(caller.account, playlistId, p, partsOf(call)),
  )
}

function itemView(channel: Account, playlistId: string, post: Post, parts: readonly string[]) {
  const { snippet } = recordOf(post)
  const publishedAt = new Date(post.createdAt).toISOString()
  const all: Record<string, unknown> = {
    snippet: {
      publishedAt,
      channelId: channel.id,
      channelTitle: channel.name,
      title: snippet.title,
      description: snippet.description,
      playlistId,
      resourceId: { kind: 'youtube#video', videoId: post.id },
    },
    contentDetails: { videoId: post.id, videoPublishedAt: publishedAt },
  }
  const chosen = Object.fromEntries(Object.entries(all).filter(([name]) => parts.includes(name)))
  return { kind: 'youtube#playlistItem', etag: etag([playlistId, post.id]), id: etag([playlistId, post.id]), ...chosen }
}

/** YouTube takes the same video into a playlist as often as it is told to. */
function addItem(world: World, call: Call): Reply {
  const caller = channelOf(world, call, 'manage')
  if ('refusal' in caller) return caller.refusal
  const wish = Addition.safeParse(jsonBody(call))
  if (!wish.success) return badRequest('invalidPlaylistItem', z.prettifyError(wish.error))
  const { playlistId, resourceId } = wish.data.snippet
  const video = world.posts.get(resourceId.videoId)
  if (!video || video.deletedAt !== undefined) return notFound('videoNotFound', 'The video cannot be found.')
  if (!playlistsOf(caller.account).some(({ id }) => id === playlistId)) return noPlaylist()
  world.state.facts[`playlist:${playlistId}`] = JSON.stringify([...membersOf(world, playlistId), video.id])
  return json(200, itemView(caller.account, playlistId, video, ['snippet']))
}

function named(world: World, call: Call): Reply {
  const caller = googleAccountOf(world, call, 'read')
  if ('refusal' in caller) return caller.refusal
  const found = categories.map(({ id, title, assignable }) => ({
    kind: 'youtube#videoCategory',
    etag: etag(id),
    id,
    snippet: { title, assignable, channelId: 'UCBR8-60-B28hp2BmDPdntcQ' },
  }))
  return json(200, { kind: 'youtube#videoCategoryListResponse', etag: etag(found), items: found })
}
