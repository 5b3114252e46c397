import { bytes, duration } from '@/lib/core/format'
import type { Limits } from '@/lib/platforms/platform'
import { typeLabel, typeLabels } from './accepted'
import { encodedOtherwise, type Encoded } from './encoding'
import { changesOf, cropTo, type ImageEdit } from './edits'
import { filmOver, framesOver, pixelLimits, pixelsOver, widestWithin } from './pixels'

export type Seen = {
  readonly mime: string
  readonly sizeBytes: number
  readonly width: number
  readonly height: number
  readonly focus: { readonly x: number; readonly y: number } | null
}
export type Plan =
  | { readonly fit: 'as_it_is' }
  /** `maxBytes`: it must also be compressed to this much, which only its rendering can tell. */
  | {
      readonly fit: 'after_changes'
      readonly edit: ImageEdit
      readonly maxBytes: number
      readonly changes: readonly string[]
    }
  | { readonly fit: 'never'; readonly reason: string }

/** Formats a picture may be turned into, the least lossy for its kind first. */
const targets = (mime: string): readonly NonNullable<ImageEdit['format']>[] =>
  mime === 'image/png' ? ['image/png', 'image/webp', 'image/jpeg'] : ['image/jpeg', 'image/webp', 'image/png']

/** What must be done to a picture so that a network takes it. Pure. Pictures are never made larger. */
export function planPicture(label: string, { images }: Pick<Limits, 'images'>, seen: Seen): Plan {
  if (images.max === 0) return { fit: 'never', reason: `${label} takes no pictures.` }
  const format = images.mimes.includes(seen.mime)
    ? undefined
    : targets(seen.mime).find((to) => images.mimes.includes(to))
  if (!images.mimes.includes(seen.mime) && !format)
    return { fit: 'never', reason: `${label} takes none of the formats a picture can be turned into.` }
  const crop = cropFor(images, seen)
  const cut = crop ?? seen
  const most = { ...pixelLimits(images, 'image'), ...(images.width ? { width: images.width.max } : {}) }
  const widest = widestWithin(most, cut)
  if (images.width && widest < images.width.min)
    return {
      fit: 'never',
      reason: `It would be ${widest} pixels wide, and ${label} wants ${images.width.min}. Pictures are never made larger: choose one with more pixels.`,
    }
  const width = widest < cut.width ? widest : undefined
  const edit: ImageEdit = {
    turn: 0,
    ...(crop ? { crop } : {}),
    ...(width === undefined ? {} : { width }),
    ...(format ? { format } : {}),
  }
  const isTooBig = seen.sizeBytes > images.maxBytes
  const changes = [
    ...changesOf(edit, seen),
    ...(isTooBig ? [`Compressed from ${bytes(seen.sizeBytes)} to ${bytes(images.maxBytes)} or less`] : []),
  ]
  return changes.length === 0 ? { fit: 'as_it_is' } : { fit: 'after_changes', edit, maxBytes: images.maxBytes, changes }
}

function cropFor({ ratio }: Limits['images'], { width, height, focus }: Seen) {
  if (!ratio) return undefined
  const now = width / height
  if (now < ratio.min) return cropTo({ width, height }, ratio.min, focus)
  if (now > ratio.max) return cropTo({ width, height }, ratio.max, focus)
  return undefined
}

/** Why a network would not take a GIF; undefined when it would. Pure. */
export function whyNotGif(
  label: string,
  { images }: Pick<Limits, 'images'>,
  {
    sizeBytes,
    width,
    height,
    frames,
  }: { sizeBytes: number; width: number | null; height: number | null; frames?: number | null },
): string | undefined {
  const most = images.gifMaxBytes ?? images.maxBytes
  if (!images.mimes.includes('image/gif')) return `${label} does not take GIFs.`
  if (sizeBytes > most) return `It has ${bytes(sizeBytes)}; ${label} takes GIFs up to ${bytes(most)}.`
  const size = width && height ? { width, height } : undefined
  const over = size && pixelsOver(label, pixelLimits(images, 'gif'), size)
  if (over) return `It ${over} Choose a smaller one.`
  const long = images.gif && framesOver(label, images.gif, { ...size, frames: frames ?? undefined })
  return long && `It ${long} Choose a shorter one.`
}

/** Why a network would not take a video as it is; undefined when it would. Pure. */
export function whyNotVideo(
  label: string,
  { video }: Pick<Limits, 'video'>,
  {
    mime,
    sizeBytes,
    durationMs,
    width,
    height,
    ...encoding
  }: Encoded & { mime: string; durationMs: number | null; width: number | null; height: number | null },
): string | undefined {
  if (!video.mimes.includes(mime))
    return `${label} does not take ${typeLabel(mime)}. Convert it to ${typeLabels(video.mimes, ' or ')}.`
  // Codecs want even sizes, so that a film may be a pixel off its ratio.
  const slack = width && height ? 2 / Math.min(width, height) : 0
  const ratio = width && height ? width / height : undefined
  if (video.ratio && ratio && (ratio < video.ratio.min - slack || ratio > video.ratio.max + slack))
    return `It is ${width} × ${height}, and ${label} takes videos from ${video.ratio.min.toFixed(2)} to ${video.ratio.max.toFixed(2)} times as wide as high. Choose another.`
  const over = width && height ? filmOver(label, video, { width, height }) : undefined
  if (over) return `It ${over} Convert it to a smaller one.`
  const otherwise = encodedOtherwise(label, video, { ...encoding, sizeBytes, durationMs })
  if (otherwise) return `It ${otherwise} Convert it.`
  if (sizeBytes > video.maxBytes)
    return `It has ${bytes(sizeBytes)}; ${label} takes up to ${bytes(video.maxBytes)}. Convert it to a smaller one, or trim it.`
  if (durationMs !== null && durationMs > video.maxMs)
    return `It lasts ${duration(durationMs)}; ${label} takes up to ${duration(video.maxMs)}. Trim it.`
  if (durationMs !== null && durationMs < video.minMs)
    return `It lasts ${duration(durationMs)}; ${label} wants at least ${duration(video.minMs)}. Choose a longer one.`
  return undefined
}

/** Why a network would not take a document; undefined when it would. Pure. */
export function whyNotDocument(
  label: string,
  { documents }: Pick<Limits, 'documents'>,
  { mime, sizeBytes, pages }: { readonly mime: string; readonly sizeBytes: number; readonly pages?: number | null },
): string | undefined {
  if (!documents) return `${label} takes no documents.`
  if (!documents.mimes.includes(mime))
    return `${label} does not take ${typeLabel(mime)}. It takes ${typeLabels(documents.mimes)}.`
  if (sizeBytes > documents.maxBytes)
    return `It has ${bytes(sizeBytes)}; ${label} takes documents up to ${bytes(documents.maxBytes)}. Make it smaller.`
  const { pagesMax } = documents
  // What is unknown is the network's to judge.
  return pagesMax !== undefined && pages && pages > pagesMax
    ? `It has ${pages} pages; ${label} takes documents of up to ${pagesMax}. Part it.`
    : undefined
}
