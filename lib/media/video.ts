import { ALL_FORMATS, FilePathSource, Input } from 'mediabunny'
import { pathOf } from '@/lib/core/storage'

export type Film = { readonly width?: number; readonly height?: number; readonly durationMs?: number }

/** What a video's container says of it. Nothing is decoded; what cannot be read is left out. */
export async function readFilm(key: string): Promise<Film> {
  using input = new Input({ source: new FilePathSource(pathOf(key)), formats: ALL_FORMATS })
  try {
    const track = await input.getPrimaryVideoTrack()
    const seconds = await input.computeDuration()
    return {
      ...(track ? { width: track.displayWidth, height: track.displayHeight } : {}),
      ...(Number.isFinite(seconds) && seconds > 0 ? { durationMs: Math.round(seconds * 1_000) } : {}),
    }
  } catch {
    // The library has no other way to say that it cannot read a container. The network will be the judge of it.
    return {}
  }
}
