import { z } from 'zod'

const pixels = z.number().int().nonnegative().max(100_000)
const Crop = z.object({ left: pixels, top: pixels, width: pixels.min(1), height: pixels.min(1) })
export type Crop = z.output<typeof Crop>

/** Turned first, then cut (in pixels of the turned picture), then made smaller. */
export const EditImage = z.object({
  turn: z.union([z.literal(0), z.literal(90), z.literal(180), z.literal(270)]).default(0),
  crop: Crop.optional(),
  /** The width it shall have; never more than it has. */
  width: pixels.min(1).optional(),
  /** Another format, chosen by somebody. Absent, it stays what it is. */
  format: z.enum(['image/jpeg', 'image/png', 'image/webp']).optional(),
  /** 1 to 100, for JPEG and WebP. */
  quality: z.number().int().min(1).max(100).optional(),
})
export type ImageEdit = z.output<typeof EditImage>

const ms = z.number().int().nonnegative().max(86_400_000)
/** What a worker may do to a video. `still` draws its thumbnail, from `atMs` when somebody chose. */
export const Task = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('still'), atMs: ms.optional() }),
  z
    .object({ kind: z.literal('trim'), startMs: ms, endMs: ms })
    .refine(({ startMs, endMs }) => endMs - startMs >= 100, 'keep at least a tenth of a second'),
  /** To MP4 with H.264 and AAC. Its shorter side gets `shorterMax` pixels at most, and never more than it has. */
  z.object({ kind: z.literal('convert'), shorterMax: z.number().int().min(144).max(4_320).default(1_080) }),
])
export type MediaTask = z.output<typeof Task>

/** The sizes of a picture after a quarter turn or not. */
export const turned = (size: { width: number; height: number }, turn: ImageEdit['turn']) =>
  turn === 90 || turn === 270 ? { width: size.height, height: size.width } : size

/** The largest piece of a ratio (width / height) that a picture has, around what must stay in sight (0 to 1). Never past the ratio. */
export function cropTo(
  { width, height }: { width: number; height: number },
  ratio: number,
  focus: { readonly x: number; readonly y: number } | null,
): Crop {
  const wide = width / height > ratio
  const cut = wide
    ? { width: Math.max(1, Math.floor(height * ratio)), height }
    : { width, height: Math.max(1, Math.floor(width / ratio)) }
  const at = (whole: number, piece: number, around: number) =>
    Math.min(whole - piece, Math.max(0, Math.round(whole * around - piece / 2)))
  return { left: at(width, cut.width, focus?.x ?? 0.5), top: at(height, cut.height, focus?.y ?? 0.5), ...cut }
}

const names: Readonly<Record<string, string>> = { 'image/jpeg': 'JPEG', 'image/png': 'PNG', 'image/webp': 'WebP' }

/** What an edit does, in sentences without a full stop, in the order it is done. */
export function changesOf(edit: ImageEdit, from: { width: number; height: number; mime: string }): readonly string[] {
  const upright = turned(from, edit.turn)
  const cut = edit.crop ?? { left: 0, top: 0, ...upright }
  const isCut = cut.width !== upright.width || cut.height !== upright.height
  const isSmaller = edit.width !== undefined && edit.width < cut.width
  const height = isSmaller && edit.width ? Math.max(1, Math.round((cut.height * edit.width) / cut.width)) : cut.height
  const isOther = edit.format !== undefined && edit.format !== from.mime
  return [
    ...(edit.turn === 0 ? [] : [`Turned by ${edit.turn}°`]),
    ...(isCut ? [`Cut from ${upright.width} × ${upright.height} to ${cut.width} × ${cut.height}`] : []),
    ...(isSmaller ? [`Made smaller, to ${edit.width} × ${height}`] : []),
    ...(isOther ? [`Turned from ${names[from.mime] ?? from.mime} into ${names[edit.format ?? '']}`] : []),
    ...(edit.quality !== undefined ? [`Compressed with quality ${edit.quality}`] : []),
  ]
}
