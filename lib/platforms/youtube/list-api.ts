import { z } from 'zod'
import type { AppConfig } from '../platform'
import { at, paged, read, send, write, type Account } from './api'

export type NewPlaylistItem = {
  readonly snippet: {
    readonly playlistId: string
    readonly resourceId: { readonly kind: 'youtube#video'; readonly videoId: string }
  }
}

const PlaylistItems = z.object({
  items: z
    .array(
      z.object({
        snippet: z.object({ title: z.string(), description: z.string(), publishedAt: z.string() }),
        contentDetails: z.object({ videoId: z.string() }),
      }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
})
export type Listed = z.output<typeof PlaylistItems>['items'][number]

const Named = z.object({ id: z.string(), snippet: z.object({ title: z.string(), assignable: z.boolean().optional() }) })
const NamedList = z.object({ items: z.array(Named).default([]), nextPageToken: z.string().optional() })

/** One page of a playlist of the channel; the list of its uploads has the newest first. */
export const listPlaylistItems = (
  app: AppConfig,
  as: Account,
  playlistId: string,
  q: { videoId?: string; pageToken?: string | undefined } = {},
) =>
  send(
    app,
    as,
    at('playlistItems', {
      part: 'snippet,contentDetails',
      playlistId,
      maxResults: '50',
      ...(q.videoId ? { videoId: q.videoId } : {}),
      ...paged(q.pageToken),
    }),
    PlaylistItems,
    read,
  )

export const addToPlaylist = (app: AppConfig, as: Account, item: NewPlaylistItem) =>
  send(app, as, at('playlistItems', { part: 'snippet' }), z.unknown(), write(item))

export const listPlaylists = (app: AppConfig, as: Account, pageToken: string | undefined) =>
  send(
    app,
    as,
    at('playlists', { part: 'snippet', mine: 'true', maxResults: '50', ...paged(pageToken) }),
    NamedList,
    read,
  )

export const listCategories = (app: AppConfig, as: Account) =>
  send(app, as, at('videoCategories', { part: 'snippet', regionCode: 'US', hl: 'en' }), NamedList, read)
