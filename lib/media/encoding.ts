import type { VideoLimits } from '@/lib/platforms/limits'

/** How a film is encoded; what is absent or null is not known, and the network will be the judge of it. */
export type Encoded = {
  /** As mediabunny calls it (avc, hevc, vp9 …), or as the file does where that has no name for it (apch). */
  readonly codec?: string | null | undefined
  readonly soundCodec?: string | null | undefined
  readonly fps?: number | null | undefined
  readonly sizeBytes: number
  readonly durationMs?: number | null | undefined
}

const labels: Readonly<Record<string, string>> = {
  avc: 'H.264',
  hevc: 'H.265',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  flac: 'FLAC',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital Plus',
}

/** What an encoding is called. Apple's ProRes comes by six names. */
export const codecLabel = (codec: string): string =>
  labels[codec] ?? (/^ap(ch|cn|cs|co|4h|4x)$/.test(codec) ? 'ProRes' : codec.startsWith('pcm') ? 'PCM' : codec)

const codecLabels = (codecs: readonly string[]): string => codecs.map(codecLabel).join(' or ')

/** Measured over some frames, and 60,000/1,001 is called 60: so much is nobody's fault. */
const slackFps = 0.5
/** What sound, and the container, have of the bits of a film. */
const besidesBits = 500_000
const mega = (bits: number): string => String(Math.round(bits / 100_000) / 10)

/** Of what a film is encoded otherwise than it may, as a sentence that goes on after its name; undefined when of nothing. Pure. */
export function encodedOtherwise(
  label: string,
  { codecs, soundCodecs, fps, bitsPerSecond }: VideoLimits,
  film: Encoded,
): string | undefined {
  if (codecs && film.codec && !codecs.includes(film.codec))
    return `is encoded with ${codecLabel(film.codec)}; ${label} takes ${codecLabels(codecs)}.`
  if (soundCodecs && film.soundCodec && !soundCodecs.includes(film.soundCodec))
    return `has its sound in ${codecLabel(film.soundCodec)}; ${label} takes ${codecLabels(soundCodecs)}.`
  if (fps && film.fps && (film.fps < fps.min - slackFps || film.fps > fps.max + slackFps)) {
    const taken = fps.min > 0 ? `${fps.min} to ${fps.max}` : `up to ${fps.max}`
    return `has ${Number(film.fps.toFixed(1))} frames a second; ${label} takes ${taken}.`
  }
  const bits = film.durationMs ? (film.sizeBytes * 8_000) / film.durationMs : undefined
  if (bitsPerSecond && bits && bits > bitsPerSecond + besidesBits)
    return `has ${mega(bits)} Mbit a second; ${label} takes up to ${mega(bitsPerSecond)}.`
  return undefined
}

/** The frame rates that every network takes. */
const usualFps = { min: 24, max: 60 } as const
/** What a film of another rate gets when it is converted; undefined where it keeps its own. */
export const convertedFps = (fps: number | null | undefined): number | undefined =>
  !fps || (fps >= usualFps.min - slackFps && fps <= usualFps.max + slackFps)
    ? undefined
    : fps > usualFps.max
      ? usualFps.max
      : 30
