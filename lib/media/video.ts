import { ALL_FORMATS, CustomSource, Input } from 'mediabunny'
import { open, sizeOf } from '@/lib/core/storage'

export type Film = { readonly width?: number; readonly height?: number; readonly durationMs?: number }

/**
 * What a video's container says of it. Nothing is decoded, and only the parts that say it are read, wherever the file
 * is kept; what cannot be read is left out.
 */
export const readFilm = (key: string): Promise<Film> =>
  inContainer(key, {}, async (input) => {
    const track = await input.getPrimaryVideoTrack()
    const seconds = await input.computeDuration()
    return {
      ...(track ? { width: track.displayWidth, height: track.displayHeight } : {}),
      ...(Number.isFinite(seconds) && seconds > 0 ? { durationMs: Math.round(seconds * 1_000) } : {}),
    }
  })

/** Apple's and Android's key of QuickTime's user data, Apple's newer keys, and 3GPP's box. */
const placeName = /^(©xyz|loci|location(-[a-z]{3})?|com\.apple\.quicktime\.location\..+)$/

/** Whether a video says where it was recorded. */
export const tellsPlace = (key: string): Promise<boolean> =>
  inContainer(key, false, async (input) => {
    const { raw = {} } = await input.getMetadataTags()
    return Object.keys(raw).some((name) => placeName.test(name))
  })

async function inContainer<T>(key: string, unreadable: T, read: (input: Input) => Promise<T>): Promise<T> {
  const source = new CustomSource({
    async getSize() {
      const size = await sizeOf(key)
      if (size === undefined) throw new Error(`There is no file ${key}`)
      return size
    },
    read: (start, end) => open(key, { start, end: end - 1 }),
    prefetchProfile: 'fileSystem',
    handleUnhandledError: () => undefined,
  })
  using input = new Input({ source, formats: ALL_FORMATS })
  try {
    return await read(input)
  } catch {
    // The library has no other way to say that it cannot read a container. The network will be the judge of it.
    return unreadable
  }
}
