import { now } from '@/lib/core/clock'
import { log } from '@/lib/core/log'
import { fail, ok } from '@/lib/core/result'
import type { Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, Part } from '../platform'
import { addToPlaylist, listPlaylistItems, setThumbnail, type Problem } from './api'
import { playlistOf, youtubeError } from './translate'

/** Thumbnail and playlist of a video that exists. Harmless when repeated. Fails only with what is worth trying again. */
export async function addExtras(app: AppConfig, as: Credentials, part: Part, videoId: string): Answer<void> {
  const thumbnail = await setPicture(app, as, part, videoId)
  return thumbnail.ok ? putInPlaylist(app, as, part, videoId) : thumbnail
}

async function setPicture(app: AppConfig, as: Credentials, part: Part, videoId: string): Answer<void> {
  const picture = part.media.find(({ kind }) => kind === 'image')?.file
  if (!picture) return ok(undefined)
  const set = await setThumbnail(app, as, videoId, picture)
  return set.ok ? ok(undefined) : judged(set.error, videoId, 'thumbnail')
}

async function putInPlaylist(app: AppConfig, as: Credentials, part: Part, videoId: string): Answer<void> {
  const playlistId = playlistOf(part)
  if (!playlistId) return ok(undefined)
  // A playlist takes the same video twice.
  const there = await listPlaylistItems(app, as, playlistId, { videoId })
  if (!there.ok) return judged(there.error, videoId, 'playlist')
  if (there.value.body.items.length > 0) return ok(undefined)
  const added = await addToPlaylist(app, as, {
    snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } },
  })
  return added.ok ? ok(undefined) : judged(added.error, videoId, 'playlist')
}

/** The video is out, and a refused extra does not undo it: a refusal is written down, and the rest tried again. */
function judged(trouble: Trouble<Problem>, videoId: string, extra: 'thumbnail' | 'playlist') {
  const error = youtubeError(trouble, 'none', now())
  if (error.code !== 'rejected') return fail(error)
  log.warn({ videoId, extra, reason: error.reason }, 'YouTube did not take what was to go with a video')
  return ok(undefined)
}
