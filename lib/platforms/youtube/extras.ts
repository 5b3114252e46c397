import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { withoutExtra, type Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, Part } from '../platform'
import type { Problem } from './api'
import { addToPlaylist, listPlaylistItems } from './list-api'
import { setThumbnail } from './video-api'
import { playlistOf, youtubeError } from './translate'

/**
 * Thumbnail and playlist of a video that exists. Harmless when repeated. Fails only with what is worth trying again.
 * @returns notes about what was refused.
 */
export async function addExtras(
  app: AppConfig,
  as: Credentials,
  part: Part,
  videoId: string,
): Answer<readonly string[]> {
  const thumbnail = await setPicture(app, as, part, videoId)
  if (!thumbnail.ok) return thumbnail
  const playlist = await putInPlaylist(app, as, part, videoId)
  return playlist.ok ? ok([...thumbnail.value, ...playlist.value]) : playlist
}

async function setPicture(app: AppConfig, as: Credentials, part: Part, videoId: string): Answer<readonly string[]> {
  const picture = part.media.find(({ kind }) => kind === 'image')?.file
  if (!picture) return ok([])
  const set = await setThumbnail(app, as, videoId, picture)
  return set.ok ? ok([]) : judged(set.error, 'the thumbnail')
}

async function putInPlaylist(app: AppConfig, as: Credentials, part: Part, videoId: string): Answer<readonly string[]> {
  const playlistId = playlistOf(part)
  if (!playlistId) return ok([])
  // A playlist takes the same video twice.
  const there = await listPlaylistItems(app, as, playlistId, { videoId })
  if (!there.ok) return judged(there.error, 'the playlist')
  if (there.value.body.items.length > 0) return ok([])
  const added = await addToPlaylist(app, as, {
    snippet: { playlistId, resourceId: { kind: 'youtube#video', videoId } },
  })
  return added.ok ? ok([]) : judged(added.error, 'the playlist')
}

/** The video is out, and a refused extra does not undo it: a refusal is noted, and the rest tried again. */
function judged(trouble: Trouble<Problem>, extra: string) {
  const error = youtubeError(trouble, 'none', now())
  return error.code === 'rejected' ? ok([withoutExtra(extra, error.reason)]) : fail(error)
}
