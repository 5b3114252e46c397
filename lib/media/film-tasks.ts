import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { duration } from '@/lib/core/format'
import { fail, ok, type Result } from '@/lib/core/result'
import type { MediaTask } from './edits'
import { convertedFps } from './encoding'
import { ffmpeg } from './ffmpeg'
import { thumbnail } from './image'
import type { AcceptedType } from './schema'

type Film = {
  readonly mime: AcceptedType
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  readonly fps: number | null
}
type Made = {
  readonly file: string
  readonly mime: AcceptedType
  readonly of: string
  readonly changes: readonly string[]
}

/** Seconds, as ffmpeg reads them. */
const at = (ms: number) => (ms / 1_000).toFixed(3)
const encoded = [
  '-c:v',
  'libx264',
  '-preset',
  'veryfast',
  '-crf',
  '20',
  '-pix_fmt',
  'yuv420p',
  '-c:a',
  'aac',
  '-b:a',
  '160k',
]
/** What every network takes of the bits of a second, and of sound (docs/networks). */
const bounded = ['-maxrate', '20M', '-bufsize', '20M', '-ar', '48000']
/** Nothing of what the film says of itself: who made it, with what, when and where. */
const bare = ['-map_metadata', '-1']
const streams = ['-map', '0:v:0', '-map', '0:a:0?', ...bare, '-movflags', '+faststart', '-threads', '2']

/** Draws a frame of a film, a tenth into it unless somebody chose, as a thumbnail. */
export async function drawStill(
  mime: AcceptedType,
  input: string,
  folder: string,
  atMs: number,
): Promise<Result<Buffer, string>> {
  const output = path.join(folder, 'still.png')
  const drawn = await ffmpeg({
    before: ['-ss', at(atMs)],
    mime,
    input,
    after: ['-frames:v', '1', '-update', '1', ...bare],
    output,
  })
  return drawn.ok ? ok(await thumbnail(await readFile(output))) : drawn
}

/** Cuts a film, or turns it into one that every network takes. `onPart` is told how much is done, 0 to 1. */
export async function makeFilm(
  task: Exclude<MediaTask, { kind: 'still' }>,
  film: Film,
  input: string,
  folder: string,
  onPart: (part: number) => void,
): Promise<Result<Made, string>> {
  if (task.kind === 'trim') {
    const endMs = Math.min(task.endMs, film.durationMs ?? task.endMs)
    const lengthMs = endMs - task.startMs
    if (lengthMs <= 0) return fail('That part lies after the end of the video. Choose an earlier one.')
    const isMov = film.mime === 'video/quicktime'
    // WebM has no room for H.264.
    const isOther = film.mime === 'video/webm'
    const file = path.join(folder, isMov ? 'out.mov' : 'out.mp4')
    const cut = await ffmpeg(
      {
        before: ['-ss', at(task.startMs)],
        mime: film.mime,
        input,
        after: ['-t', at(lengthMs), ...streams, ...encoded],
        output: file,
      },
      (ms) => onPart(ms / lengthMs),
    )
    const changes = [
      `Trimmed to ${at(task.startMs)}–${at(endMs)} s (${duration(lengthMs)})`,
      'Encoded anew with H.264, to be cut at the very frame',
      ...(isOther ? ['Turned from WebM into MP4'] : []),
    ]
    return cut.ok ? ok({ file, mime: isOther ? 'video/mp4' : film.mime, of: 'trimmed', changes }) : cut
  }
  const { width, height } = film
  const shorter = width && height ? Math.min(width, height) : undefined
  const side = Math.min(task.shorterMax, shorter ?? task.shorterMax)
  const isSmaller = shorter !== undefined && side < shorter
  const file = path.join(folder, 'out.mp4')
  // Codecs want even sizes.
  const even = side - (side % 2)
  const fps = convertedFps(film.fps)
  const scale = width && height && width < height ? `scale=${even}:-2` : `scale=-2:${even}`
  const drawn = ['-vf', fps === undefined ? scale : `fps=${fps},${scale}`]
  const done = await ffmpeg(
    { before: [], mime: film.mime, input, after: [...drawn, ...streams, ...encoded, ...bounded], output: file },
    (ms) => onPart(film.durationMs ? ms / film.durationMs : 0),
  )
  const changes = [
    ...(isSmaller ? [`Made smaller, to ${even} pixels on its shorter side`] : []),
    ...(fps === undefined || !film.fps
      ? []
      : [`Turned from ${Number(film.fps.toFixed(1))} into ${fps} frames a second`]),
    'Converted to MP4 with H.264 and AAC',
  ]
  return done.ok ? ok({ file, mime: 'video/mp4', of: 'converted', changes }) : done
}
