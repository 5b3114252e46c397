import { readFile } from 'node:fs/promises'
import sharp from 'sharp'
import { sha256 } from '@/lib/core/crypto'
import { pathOf, store } from '@/lib/core/storage'

/** The longer side of a thumbnail, in pixels. */
const thumbPixels = 480

export type Picture = {
  readonly width: number
  readonly height: number
  readonly stored?: { sizeBytes: number; sha256: string }
}

/**
 * Reads a stored picture, makes its thumbnail at `thumbKey`, and writes it anew when it carries what must not travel:
 * where it was taken, or a turn that not every network heeds. @returns undefined when it cannot be read as a picture.
 */
export async function readPicture(key: string, thumbKey: string, isGif: boolean): Promise<Picture | undefined> {
  try {
    const bytes = await readFile(pathOf(key))
    const seen = await sharp(bytes).metadata()
    const { width, height } = seen.autoOrient
    const carries = seen.exif ?? seen.xmp ?? seen.iptc
    const turned = (seen.orientation ?? 1) > 1
    // A GIF has no EXIF; sharp keeps a WebP's frames only when asked to read all of them.
    const clean =
      !isGif && (carries || turned)
        ? await sharp(bytes, { animated: (seen.pages ?? 1) > 1 })
            .autoOrient()
            .keepIccProfile()
            .toFormat(seen.format, { quality: 95 })
            .toBuffer()
        : undefined
    const thumb = await sharp(bytes)
      .autoOrient()
      .resize({ width: thumbPixels, height: thumbPixels, fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 80 })
      .toBuffer()
    await store(thumbKey, thumb)
    if (!clean) return { width, height }
    await store(key, clean)
    return { width, height, stored: { sizeBytes: clean.byteLength, sha256: sha256(clean) } }
  } catch (error) {
    // sharp says by throwing that a file is cut off or is no picture inside; a full disk is another matter.
    if (error instanceof Error && 'code' in error) throw error
    return undefined
  }
}
