import { ALL_FORMATS, CustomSource, Input, type InputTrack } from 'mediabunny'
import { open, sizeOf } from '@/lib/core/storage'
import { boxesOf, type Box, type Boxes } from './boxes'

export type Film = {
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  /** As `Encoded` of encoding.ts has it. */
  readonly codec?: string
  readonly soundCodec?: string
  readonly fps?: number
}

/** So many frames tell how many there are in a second: ten seconds of most films. */
const framesCounted = 300

/**
 * What a video's container says of it. Nothing is decoded, and only the parts that say it are read, wherever the file
 * is kept; what cannot be read is left out.
 */
export const readFilm = (key: string): Promise<Film> =>
  inContainer(key, {}, async (input) => {
    const track = await input.getPrimaryVideoTrack()
    const sound = await input.getPrimaryAudioTrack()
    const seconds = await input.computeDuration()
    const fps = await rateOf(track)
    return {
      ...(track ? { width: track.displayWidth, height: track.displayHeight } : {}),
      ...(Number.isFinite(seconds) && seconds > 0 ? { durationMs: Math.round(seconds * 1_000) } : {}),
      ...named('codec', await codecOf(track)),
      ...named('soundCodec', await codecOf(sound)),
      ...(fps === undefined ? {} : { fps }),
    }
  })

const named = <K extends string>(name: K, codec: string | undefined): { readonly [key in K]?: string } =>
  // The type of a computed name is any string.
  (codec === undefined ? {} : { [name]: codec }) as { readonly [key in K]?: string }

/** By the library's name, or by the file's own where that has none. */
async function codecOf(track: InputTrack | null): Promise<string | undefined> {
  if (!track) return undefined
  const own = track.codec ?? (await track.getInternalCodecId())
  return typeof own === 'string' ? own : undefined
}

/** Frames a second. One frame says nothing of it. */
async function rateOf(track: InputTrack | null): Promise<number | undefined> {
  const stats = await track?.computePacketStats(framesCounted)
  if (!stats || stats.packetCount < 2 || !Number.isFinite(stats.averagePacketRate)) return undefined
  return Number(stats.averagePacketRate.toFixed(3))
}

/** Apple's and Android's key of QuickTime's user data, Apple's newer keys, 3GPP's box, and Matroska's tags (RECORDING_LOCATION). */
const placeName = /^([A-Z_]*LOCATION.*|©xyz|loci|location(-[a-z]{3})?|com\.apple\.quicktime\.location\..+)$/

/** Whether a video says where it was recorded, or has room for it in what nobody else reads. */
export const tellsPlace = async (key: string): Promise<boolean> =>
  (await isPlaceTagged(key)) || (await mayHidePlace(await boxesOf(key)))

const isPlaceTagged = (key: string): Promise<boolean> =>
  inContainer(key, false, async (input) => {
    const { raw = {} } = await input.getMetadataTags()
    return Object.keys(raw).some((name) => placeName.test(name))
  })

/** What players show or need of a film (ISO 14496-12, 14496-30; QuickTime's captions and timecode). Other tracks are a camera's own data. */
const shownTracks = new Set('vide soun auxv pict text sbtl subt clcp tmcd hint'.split(' '))
/** More than this many parts are not looked through: what was not seen may hide anything. */
const mostParts = 2_000

/** A box of somebody's own (XMP, a camera's EXIF) beside the tracks, or a track of data. */
async function mayHidePlace(boxes: Boxes): Promise<boolean> {
  let parts = 0
  for await (const box of boxes.in()) {
    parts += 1
    if (box.name === 'uuid' || parts > mostParts) return true
    if (box.name !== 'moov') continue
    for await (const inner of boxes.in(box)) {
      if (inner.name === 'uuid') return true
      if (inner.name === 'udta' && (await holds(boxes, inner, ownNotes))) return true
      if (inner.name === 'trak' && !(await isShown(boxes, inner))) return true
    }
  }
  return false
}

/** Adobe's XMP in QuickTime's user data, and boxes of somebody's own. */
const ownNotes = new Set(['XMP_', 'uuid'])

async function holds(boxes: Boxes, box: Box, names: ReadonlySet<string>): Promise<boolean> {
  for await (const { name } of boxes.in(box)) if (names.has(name)) return true
  return false
}

async function isShown(boxes: Boxes, track: Box): Promise<boolean> {
  for await (const media of boxes.in(track)) {
    if (media.name !== 'mdia') continue
    for await (const box of boxes.in(media))
      // Version, flags and a word of QuickTime's stand before the kind.
      if (box.name === 'hdlr') return shownTracks.has((await boxes.bytes(box, 12)).toString('latin1', 8, 12))
  }
  return true
}

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
