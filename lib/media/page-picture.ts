import { fileTypeFromBuffer } from 'file-type'
import sharp from 'sharp'
import type { MediaFile } from '@/lib/platforms'

/** Of what a page may be shown by. Not SVG, which may ask for more. */
const readable = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif'])
/** What every network takes on a card as it is. */
const taken = new Set(['jpeg', 'png'])

/** The longer side of a picture that had to be made smaller, in pixels, and how well it is drawn, until it is small enough. */
const longerSide = 1_200
const qualities = [85, 70, 55, 40]
/** A picture that unfolds to more is not looked at. */
const mostPixels = 60_000_000

/**
 * A page's picture as a file for a card, of `maxBytes` at most: as it is where it may be, else drawn smaller as JPEG.
 * @returns undefined when it is no picture, or cannot be made small enough
 */
export async function pagePicture(bytes: Uint8Array, maxBytes: number): Promise<MediaFile | undefined> {
  const found = await fileTypeFromBuffer(bytes)
  if (!found || !readable.has(found.mime)) return undefined
  try {
    return await fitted(bytes, maxBytes)
  } catch {
    // sharp says by throwing that a file is cut off, or no picture inside: the card goes without.
    return undefined
  }
}

async function fitted(bytes: Uint8Array, maxBytes: number): Promise<MediaFile | undefined> {
  const picture = sharp(bytes, { limitInputPixels: mostPixels })
  const { format, autoOrient, orientation = 1 } = await picture.metadata()
  if (taken.has(format) && orientation === 1 && bytes.byteLength <= maxBytes) {
    // Read whole once: a picture that is cut off is found out here, not by readers.
    await picture.stats()
    return asFile(bytes, `image/${format}`, autoOrient)
  }
  for (const quality of qualities) {
    const { data, info } = await picture
      .clone()
      .autoOrient()
      .resize({ width: longerSide, height: longerSide, fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#fff' })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true })
    if (data.byteLength <= maxBytes) return asFile(data, 'image/jpeg', info)
  }
  return undefined
}

const asFile = (bytes: Uint8Array, mime: string, { width, height }: { width: number; height: number }): MediaFile => ({
  id: 'card',
  kind: 'image',
  mime,
  sizeBytes: bytes.byteLength,
  width,
  height,
  alt: '',
  open: () => new Blob([new Uint8Array(bytes)]).stream(),
})
