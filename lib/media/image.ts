import { readFile } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import { sha256 } from '@/lib/core/crypto'
import { store, withFile } from '@/lib/core/storage'
import { silentGif } from './gif'
import { headerOf, inTurn, mostPixels, openPicture } from './open-picture'
import { silentPng } from './png'

/** The longer side of a thumbnail, in pixels. */
const thumbPixels = 480

export type Picture = {
  readonly width: number
  readonly height: number
  /** Of a GIF. */
  readonly frames?: number
  readonly stored?: { sizeBytes: number; sha256: string }
}

/** Draws a thumbnail, never larger than the picture itself. */
export const thumbnail = (picture: Buffer | string): Promise<Buffer> =>
  openPicture(picture)
    .autoOrient()
    .resize({ width: thumbPixels, height: thumbPixels, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer()

/**
 * Reads a stored picture, makes its thumbnail at `thumbKey`, and writes it anew when it carries what must not travel:
 * where it was taken, or a turn that not every network heeds. @returns why not, when it cannot be read as a picture
 */
export async function readPicture(key: string, thumbKey: string): Promise<Picture | 'damaged' | 'too many pixels'> {
  const seen = await withFile(key, (file) => inTurn(() => look(file)))
  if (typeof seen === 'string') return seen
  const { clean, thumb, ...size } = seen
  await store(thumbKey, thumb)
  if (!clean) return size
  await store(key, clean)
  return { ...size, stored: { sizeBytes: clean.byteLength, sha256: sha256(clean) } }
}

async function look(file: string) {
  try {
    const seen = await headerOf(file)
    const { width, height } = seen.autoOrient
    if (width * height > mostPixels) return 'too many pixels'
    const thumb = await thumbnail(file)
    const frames = seen.format === 'gif' ? { frames: seen.pages ?? 1 } : {}
    return { width, height, ...frames, clean: await cleaned(file, seen), thumb }
  } catch (error) {
    // sharp says by throwing that a file is cut off or is no picture inside; a full disk is another matter.
    if (error instanceof Error && 'code' in error) throw error
    return 'damaged'
  }
}

/** @returns undefined when it may travel as it is. */
async function cleaned(file: string, seen: Metadata): Promise<Buffer | undefined> {
  const isTurned = (seen.orientation ?? 1) > 1
  const silenced = seen.format === 'png' ? silentPng : seen.format === 'gif' ? silentGif : undefined
  if (silenced && !isTurned) {
    const bytes = await readFile(file)
    const silent = silenced(bytes)
    if (silent) return silent === bytes ? undefined : silent
  } else if (!isTurned && !seen.exif && !seen.xmp && !seen.iptc) return undefined
  // sharp keeps the frames of a WebP or GIF only when asked to read all of them.
  return (
    openPicture(file, { animated: (seen.pages ?? 1) > 1 })
      .autoOrient()
      .keepIccProfile()
      // A PNG loses nothing; asked for a quality, sharp would leave it 256 colours.
      .toFormat(seen.format, seen.format === 'png' ? {} : { quality: 95 })
      .toBuffer()
  )
}
