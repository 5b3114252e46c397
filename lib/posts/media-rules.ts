import { bytes, duration } from '@/lib/core/format'
import type { Limits } from '@/lib/platforms/platform'
import { networkLabels } from '@/lib/platforms/text'
import type { JudgedAccount, JudgedMedia } from './rules'
import type { Problem } from './schema'

type Found = Omit<Problem, 'accountId' | 'platform'>
const refusal = (message: string): Found => ({ field: 'media', severity: 'refusal', message })

const names: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/gif': 'GIF',
  'video/mp4': 'MP4',
  'video/quicktime': 'MOV',
}
const nameOf = (mime: string): string => names[mime] ?? mime
const list = (mimes: readonly string[]): string => mimes.map(nameOf).join(', ')

/** What a network would say of the files of one post, or of one post of a thread. */
export function mediaProblems(
  ids: readonly string[],
  alts: Readonly<Record<string, string>>,
  { platform, limits }: Pick<JudgedAccount, 'platform' | 'limits'>,
  media: readonly JudgedMedia[],
): Found[] {
  const label = networkLabels[platform]
  const files = ids.flatMap((id) => media.find((file) => file.id === id) ?? [])
  return [
    ...(files.length < ids.length
      ? [refusal('A file of this post is gone from the media library. Remove it, or add another.')]
      : []),
    ...mixProblems(files, label, limits),
    ...files.flatMap((file) =>
      file.kind === 'video' ? videoProblems(file, label, limits) : imageProblems(file, label, limits),
    ),
    ...files.flatMap((file) => altProblems(file, alts[file.id] ?? file.alt, label, limits)),
  ]
}

function mixProblems(files: readonly JudgedMedia[], label: string, { images }: Limits): Found[] {
  const count = (kind: JudgedMedia['kind']) => files.filter((file) => file.kind === kind).length
  const found: Found[] = []
  if (count('video') > 1) found.push(refusal(`${label} takes one video per post: remove ${count('video') - 1}.`))
  if (count('video') > 0 && count('video') < files.length)
    found.push(refusal(`${label} takes pictures or a video, not both. Remove one or the other.`))
  if (count('gif') > 1 || (count('gif') > 0 && count('image') > 0))
    found.push(refusal(`${label} takes one GIF, alone. Remove the others.`))
  if (count('image') > images.max)
    found.push(
      refusal(
        `${label} takes ${images.max} pictures, this has ${count('image')}: remove ${count('image') - images.max}.`,
      ),
    )
  return found
}

function imageProblems(file: JudgedMedia, label: string, { images }: Limits): Found[] {
  const maxBytes = file.kind === 'gif' ? (images.gifMaxBytes ?? images.maxBytes) : images.maxBytes
  if (!images.mimes.includes(file.mime))
    return [refusal(`${label} does not take ${nameOf(file.mime)} (${file.name}). It takes ${list(images.mimes)}.`)]
  if (file.sizeBytes > maxBytes)
    return [
      refusal(`${file.name} has ${bytes(file.sizeBytes)}; ${label} takes up to ${bytes(maxBytes)}. Make it smaller.`),
    ]
  return []
}

function videoProblems(file: JudgedMedia, label: string, { video }: Limits): Found[] {
  const found: Found[] = []
  if (!video.mimes.includes(file.mime))
    found.push(refusal(`${label} does not take ${nameOf(file.mime)} (${file.name}). It takes ${list(video.mimes)}.`))
  if (file.sizeBytes > video.maxBytes)
    found.push(
      refusal(`${file.name} has ${bytes(file.sizeBytes)}; ${label} takes videos up to ${bytes(video.maxBytes)}.`),
    )
  if (file.durationMs !== undefined && file.durationMs > video.maxMs)
    found.push(
      refusal(
        `${file.name} lasts ${duration(file.durationMs)}; ${label} takes up to ${duration(video.maxMs)}. Cut it.`,
      ),
    )
  if (file.durationMs !== undefined && file.durationMs < video.minMs)
    found.push(
      refusal(`${file.name} lasts ${duration(file.durationMs)}; ${label} wants at least ${duration(video.minMs)}.`),
    )
  return found
}

function altProblems(file: JudgedMedia, alt: string, label: string, { images }: Limits): Found[] {
  if (file.kind === 'video') return []
  if (alt.trim() === '')
    return [{ field: 'alt', severity: 'advice', message: `Describe ${file.name} for people who cannot see it.` }]
  const over = [...alt].length - images.altMax
  if (over <= 0) return []
  return [
    {
      field: 'alt',
      severity: 'refusal',
      message: `The description of ${file.name} is too long for ${label}: remove ${over} characters.`,
    },
  ]
}
