import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { ok, type Result } from '@/lib/core/result'
import { withFile, type Stored } from '@/lib/core/storage'
import { ffmpeg } from './ffmpeg'
import { acceptedTypes, type AcceptedType } from './schema'
import { storeFile } from './store-file'

/** What ffmpeg calls the place in the boxes of `tellsPlace`. It writes a language apart only beside the name without one. */
const names = ['location', 'location-eng', 'com.apple.quicktime.location.ISO6709']
/** Nothing is encoded anew, and boxes that are somebody's own are not written. A camera's own data tracks tell its place at every moment, and no player shows them. */
const copied = ['-map', '0', '-map', '-0:d', '-ignore_unknown', '-c', 'copy', '-map_metadata', '0']

/** A WebM says it in tags by any name: none is kept. It has no room for files beside the film. */
const untagged = ['-map', '0', '-map', '-0:d', '-map', '-0:t', '-ignore_unknown', '-c', 'copy', '-map_metadata', '-1']

/**
 * Writes a stored video anew under its key, without the place where it was recorded: its pictures, sound, turn, title and
 * time stay; of a WebM, pictures and sound. It goes over this disk, not through memory. @returns ffmpeg's last words when it could not.
 */
export async function forgetPlace(key: string, mime: AcceptedType): Promise<Result<Stored, string>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'posthorn-place-'))
  try {
    const output = path.join(folder, `out.${acceptedTypes[mime].extension}`)
    const unnamed = names.flatMap((name) => ['-metadata', `${name}=`])
    const after = mime === 'video/webm' ? untagged : [...copied, ...unnamed, '-movflags', '+faststart']
    const done = await withFile(key, (input) => ffmpeg({ before: [], mime, input, after, output }))
    return done.ok ? ok(await storeFile(key, output)) : done
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
