import { withFile } from '@/lib/core/storage'
import { openPicture } from './open-picture'
import { turned, type ImageEdit } from './edits'
import type { AcceptedType } from './schema'

export type Source = {
  readonly storageKey: string
  readonly mime: AcceptedType
  readonly width: number
  readonly height: number
}
export type Rendered = {
  readonly bytes: Buffer
  readonly mime: AcceptedType
  readonly width: number
  readonly height: number
}

const formats = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const
const usualQuality = 90

/** Why an edit cannot be made of a picture; undefined when it can. Pure. */
export function whyNotEdit(edit: ImageEdit, from: Source): string | undefined {
  const upright = turned(from, edit.turn)
  const cut = edit.crop ?? { left: 0, top: 0, ...upright }
  if (cut.left + cut.width > upright.width || cut.top + cut.height > upright.height)
    return `That lies outside of the picture, which has ${upright.width} × ${upright.height} pixels. Choose a part of it.`
  if (edit.width !== undefined && edit.width > cut.width)
    return `It has ${cut.width} pixels from side to side. Pictures are never made larger: choose a smaller width.`
  return undefined
}

/** Makes an edit of a stored picture; the picture itself stays as it is. Where it was see-through and JPEG cannot be, it is white. */
export const render = ({ storageKey, mime }: Source, edit: ImageEdit): Promise<Rendered> =>
  withFile(storageKey, async (file) => {
    const target = edit.format ?? mime
    const format = target in formats ? formats[target as keyof typeof formats] : undefined
    if (!format) throw new Error(`Pictures are not rendered as ${target}`)
    let picture = openPicture(file).autoOrient()
    if (edit.turn !== 0) picture = openPicture(await picture.rotate(edit.turn).png({ compressionLevel: 1 }).toBuffer())
    if (edit.crop) picture = picture.extract(edit.crop)
    if (edit.width !== undefined) picture = picture.resize({ width: edit.width, withoutEnlargement: true })
    if (format === 'jpeg') picture = picture.flatten({ background: '#fff' })
    const { data, info } = await picture
      .keepIccProfile()
      .toFormat(format, format === 'png' ? {} : { quality: edit.quality ?? usualQuality })
      .toBuffer({ resolveWithObject: true })
    return { bytes: data, mime: target, width: info.width, height: info.height }
  })
