import type { GifLimits, ImageLimits, PixelLimits, VideoLimits } from '@/lib/platforms/limits'

type Size = { readonly width: number; readonly height: number }
const said = (count: number): string => count.toLocaleString('en-US')

/** What holds for the pixels of a picture: a GIF has bounds of its own, and goes by no bound of its sides together. */
export const pixelLimits = ({ pixels, sum, gif }: ImageLimits, kind: string): PixelLimits => ({
  ...(pixels === undefined ? {} : { pixels }),
  ...(kind === 'gif' ? gif : sum === undefined ? {} : { sum }),
})

/** Of what the frames of a GIF are more than they may, as `pixelsOver`; undefined also where nobody counted them. Pure. */
export function framesOver(
  label: string,
  { frames: most = Infinity, pixelsInAll = Infinity }: GifLimits,
  { width, height, frames }: Partial<Size> & { readonly frames: number | undefined },
): string | undefined {
  if (frames === undefined) return undefined
  if (frames > most) return `has ${said(frames)} frames; ${label} takes up to ${said(most)}.`
  const inAll = (width ?? 0) * (height ?? 0) * frames
  return inAll > pixelsInAll
    ? `has ${said(inAll)} pixels in its ${said(frames)} frames; ${label} takes up to ${said(pixelsInAll)}.`
    : undefined
}

/** Of what a film has more than it may, or less, as `pixelsOver`. Pure. */
export function filmOver(
  label: string,
  { width, pixels, sides }: Pick<VideoLimits, 'width' | 'pixels' | 'sides'>,
  size: Size,
): string | undefined {
  const most = { ...(width === undefined ? {} : { width }), ...(pixels === undefined ? {} : { pixels }) }
  const over = pixelsOver(label, most, size)
  if (over || !sides) return over
  const [shorter, longer] = [Math.min(size.width, size.height), Math.max(size.width, size.height)]
  if (longer > sides.longer || shorter > sides.shorter)
    return `is ${size.width} × ${size.height}; ${label} takes up to ${said(sides.longer)} × ${said(sides.shorter)}, whichever way up.`
  return shorter < sides.least
    ? `is ${size.width} × ${size.height}; ${label} wants at least ${sides.least} pixels each way.`
    : undefined
}

/** Of what a picture or a film has more than it may, as a sentence that goes on after its name; undefined when of nothing. Pure. */
export function pixelsOver(label: string, most: PixelLimits, { width, height }: Size): string | undefined {
  if (most.width !== undefined && width > most.width)
    return `is ${said(width)} pixels wide; ${label} takes up to ${said(most.width)}.`
  if (most.height !== undefined && height > most.height)
    return `is ${said(height)} pixels high; ${label} takes up to ${said(most.height)}.`
  if (most.sum !== undefined && width + height > most.sum)
    return `has ${said(width + height)} pixels, width and height together; ${label} takes up to ${said(most.sum)}.`
  if (most.pixels !== undefined && width * height > most.pixels)
    return `has ${said(width * height)} pixels (${width} × ${height}); ${label} takes up to ${said(most.pixels)}.`
  return undefined
}

/** The largest width with which a picture, its shape kept, has no more pixels than it may; never more than it has. Pure. */
export function widestWithin(most: PixelLimits, { width, height }: Size): number {
  const shape = width / height
  const { pixels = Infinity, sum = Infinity } = most
  const bounds = [
    most.width ?? Infinity,
    (most.height ?? Infinity) * shape,
    (sum * shape) / (1 + shape),
    Math.sqrt(pixels * shape),
  ]
  const isOver = (wide: number) =>
    pixelsOver('', most, { width: wide, height: Math.max(1, Math.round(wide / shape)) }) !== undefined
  let widest = Math.max(1, Math.floor(Math.min(width, ...bounds)))
  // Its height is rounded to a whole pixel, perhaps to one too many.
  while (widest > 1 && widest < width && isOver(widest)) widest -= 1
  return widest
}
