import { bytes, duration } from '@/lib/core/format'
import {
  encodedOtherwise,
  filmOver,
  framesOver,
  pixelLimits,
  pixelsOver,
  planPicture,
  typeLabel,
  typeLabels,
  whyNotDocument,
} from '@/lib/media/schema'
import type { Limits, OptionValues, Range } from '@/lib/platforms/platform'
import { altProblems } from './alt-rules'
import type { JudgedAccount, JudgedMedia } from './rules'
import type { Problem } from '../schema'

type Found = Omit<Problem, 'accountId' | 'platform'>
const refusal = (message: string): Found => ({ field: 'media', severity: 'refusal', message })

/** What a network would say of the files of one post, or of one post of a thread. */
export function mediaProblems(
  ids: readonly string[],
  alts: Readonly<Record<string, string>>,
  { label, limits: usual, options }: Pick<JudgedAccount, 'label' | 'limits' | 'options'>,
  media: readonly JudgedMedia[],
  chosen: OptionValues = {},
): Found[] {
  const limits = { ...usual, images: imagesWith(usual.images, chosen) }
  const files = ids.flatMap((id) => media.find((file) => file.id === id) ?? [])
  return [
    ...(files.length < ids.length
      ? [refusal('A file of this post is gone from the media library. Remove it, or add another.')]
      : []),
    ...(limits.mixedMax === undefined ? mixProblems(files, label, limits) : countProblems(files, label, limits)),
    ...gifProblems(files, label, limits, options, chosen),
    ...apartProblems(files, label, limits, options, chosen),
    ...togetherProblems(files, label, limits),
    ...files.flatMap((file) => rulesOf[file.kind](file, label, limits)),
    ...altProblems(files, alts, label, limits),
  ]
}

/** Pictures that go as files are no matter of their shape. */
function imagesWith(images: Limits['images'], chosen: OptionValues): Limits['images'] {
  if (!images.untouched || chosen[images.untouched.by] !== true) return images
  const { ratio: _ratio, width: _width, pixels: _pixels, sum: _sum, gif: _gif, ...rest } = images
  return rest
}

type Rule = (file: JudgedMedia, label: string, limits: Limits) => Found[]
const rulesOf: Readonly<Record<JudgedMedia['kind'], Rule>> = {
  image: imageProblems,
  gif: imageProblems,
  video: videoProblems,
  document: documentProblems,
}

function togetherProblems(files: readonly JudgedMedia[], label: string, { filesMaxBytes }: Limits): Found[] {
  const sizeBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (files.length < 2 || filesMaxBytes === undefined || sizeBytes <= filesMaxBytes) return []
  return [
    refusal(
      `The files have ${bytes(sizeBytes)} together; ${label} takes up to ${bytes(filesMaxBytes)} in one post. Make them smaller, or remove one.`,
    ),
  ]
}

const countOf = (files: readonly JudgedMedia[], kind: JudgedMedia['kind']) =>
  files.filter((file) => file.kind === kind).length

const tooManyPictures = (pictures: number, label: string, { images }: Limits): Found[] =>
  // Where there are no pictures at all, each of them says so itself.
  images.max > 0 && pictures > images.max
    ? [
        refusal(
          `${label} takes ${images.max} ${images.max === 1 ? 'picture' : 'pictures'}, this has ${pictures}: remove ${pictures - images.max}.`,
        ),
      ]
    : []

const tooManyVideos = (videos: number, label: string, max: number): Found[] =>
  videos > max
    ? [refusal(`${label} takes ${max === 1 ? 'one video' : `${max} videos`} per post: remove ${videos - max}.`)]
    : []

/** Pictures, or one video, or one GIF. */
function mixProblems(files: readonly JudgedMedia[], label: string, limits: Limits): Found[] {
  const [videos, gifs, pictures] = [countOf(files, 'video'), countOf(files, 'gif'), countOf(files, 'image')]
  const documents = countOf(files, 'document')
  const found = tooManyVideos(videos, label, 1)
  if (videos > 0 && videos < files.length)
    found.push(refusal(`${label} takes pictures or a video, not both. Remove one or the other.`))
  if (documents > 0 && files.length > 1 && limits.documents)
    found.push(refusal(`${label} takes one document, alone. Remove the others.`))
  if (gifs > 1 || (gifs > 0 && pictures > 0)) found.push(refusal(`${label} takes one GIF, alone. Remove the others.`))
  return [...found, ...tooManyPictures(pictures, label, limits)]
}

/** Files of any kind beside each other. */
function countProblems(files: readonly JudgedMedia[], label: string, limits: Limits): Found[] {
  const { mixedMax = 0, video } = limits
  if (files.length <= mixedMax)
    return [
      ...tooManyPictures(countOf(files, 'image'), label, limits),
      ...tooManyVideos(countOf(files, 'video'), label, video.max ?? mixedMax),
    ]
  return [
    refusal(
      `${label} takes ${mixedMax} ${mixedMax === 1 ? 'file' : 'files'}, this has ${files.length}: remove ${files.length - mixedMax}.`,
    ),
  ]
}

/** A GIF beside others, where others may stand beside each other. */
function gifProblems(
  files: readonly JudgedMedia[],
  label: string,
  { images: { gifAlone } }: Limits,
  options: JudgedAccount['options'],
  chosen: OptionValues,
): Found[] {
  if (!gifAlone || files.length < 2 || countOf(files, 'gif') === 0 || chosen[gifAlone.unless] === true) return []
  return [refusal(`${label} shows a GIF alone. Remove it or the other files${orChoose(options, gifAlone.unless)}.`)]
}

const orChoose = (options: JudgedAccount['options'], flag: string): string => {
  const way = options.find(({ name }) => name === flag)?.label
  return way ? `, or choose “${way}”` : ''
}

/** Documents beside other files, where files may stand beside each other. */
function apartProblems(
  files: readonly JudgedMedia[],
  label: string,
  { documents }: Limits,
  options: JudgedAccount['options'],
  chosen: OptionValues,
): Found[] {
  const count = countOf(files, 'document')
  const { apart } = documents ?? {}
  if (!apart || count === 0 || count === files.length || chosen[apart.unless] === true) return []
  return [
    refusal(
      `${label} shows documents apart from pictures and videos. Remove one or the other${orChoose(options, apart.unless)}.`,
    ),
  ]
}

/** With what could be done to the picture so that it is taken: the composer offers it, and says what will change. */
function imageProblems(file: JudgedMedia, label: string, limits: Limits): Found[] {
  const [first, ...others] = whyNotImage(file, label, limits)
  if (!first) return []
  const { id: mediaId, kind, width, height } = file
  if (kind !== 'image' || !width || !height) return [first, ...others]
  const plan = planPicture(label, limits, { ...file, width, height, focus: null })
  return [plan.fit === 'after_changes' ? { ...first, fit: { mediaId, changes: plan.changes } } : first, ...others]
}

function whyNotImage(file: JudgedMedia, label: string, { images }: Limits): Found[] {
  if (images.max === 0) return [refusal(`${label} takes no pictures here. Remove ${file.name}.`)]
  const maxBytes = file.kind === 'gif' ? (images.gifMaxBytes ?? images.maxBytes) : images.maxBytes
  if (!images.mimes.includes(file.mime))
    return [
      refusal(`${label} does not take ${typeLabel(file.mime)} (${file.name}). It takes ${typeLabels(images.mimes)}.`),
    ]
  return [
    ...(file.sizeBytes > maxBytes
      ? [
          refusal(
            `${file.name} has ${bytes(file.sizeBytes)}; ${label} takes up to ${bytes(maxBytes)}. Make it smaller.`,
          ),
        ]
      : []),
    ...shapeProblems(file, images.ratio, label),
    ...widthProblems(file, images.width, label),
    ...overProblems(file, (size) => pixelsOver(label, pixelLimits(images, file.kind), size), 'Make it smaller.'),
    ...frameProblems(file, images.gif, label),
  ]
}

function videoProblems(file: JudgedMedia, label: string, { video }: Limits): Found[] {
  if (video.mimes.length === 0) return [refusal(`${label} takes no videos here. Remove ${file.name}.`)]
  const { durationMs } = file
  const found: Found[] = []
  if (!video.mimes.includes(file.mime))
    found.push(
      refusal(`${label} does not take ${typeLabel(file.mime)} (${file.name}). It takes ${typeLabels(video.mimes)}.`),
    )
  if (file.sizeBytes > video.maxBytes)
    found.push(
      refusal(`${file.name} has ${bytes(file.sizeBytes)}; ${label} takes videos up to ${bytes(video.maxBytes)}.`),
    )
  if (durationMs !== undefined && durationMs > video.maxMs)
    found.push(
      refusal(
        `${file.name} lasts ${duration(durationMs)}; ${label} takes up to ${duration(video.maxMs)} here. Cut it.`,
      ),
    )
  if (durationMs !== undefined && durationMs < video.minMs)
    found.push(
      refusal(`${file.name} lasts ${duration(durationMs)}; ${label} wants at least ${duration(video.minMs)} here.`),
    )
  const otherwise = encodedOtherwise(label, video, file)
  if (otherwise) found.push(refusal(`${file.name} ${otherwise} Convert it to an MP4 that fits, in the media library.`))
  return [
    ...found,
    ...shapeProblems(file, video.ratio, label),
    ...overProblems(file, (size) => filmOver(label, video, size), 'Convert it to a smaller one in the media library.'),
  ]
}

function documentProblems(file: JudgedMedia, label: string, limits: Limits): Found[] {
  const why = whyNotDocument(label, limits, file)
  return why ? [refusal(`${file.name}: ${why}`)] : []
}

/** A rounding of half a pixel on either side is not the author's fault. */
const slack = 0.005

function shapeProblems({ name, width, height }: JudgedMedia, ratio: Range | undefined, label: string): Found[] {
  if (!ratio || !width || !height) return []
  const shape = width / height
  // Of one to a hundred, as much would be half of it.
  const slackBelow = Math.min(slack, ratio.min / 100)
  if (shape >= ratio.min - slackBelow && shape <= ratio.max + slack) return []
  const way = shape < ratio.min ? 'tall' : 'wide'
  return [
    refusal(
      `${name} is too ${way} for ${label}: ${width} × ${height} is ${spoken(shape)}, and it takes ${between(ratio)}. Crop it.`,
    ),
  ]
}

/** The shapes that people know by name; any other as so many to 1. */
const known: readonly (readonly [number, string])[] = [
  [1, '1:1'],
  [4 / 5, '4:5'],
  [9 / 16, '9:16'],
  [16 / 9, '16:9'],
  [2 / 3, '2:3'],
  [3 / 4, '3:4'],
  [4 / 3, '4:3'],
]
const spoken = (shape: number): string =>
  known.find(([value]) => Math.abs(value - shape) < slack)?.[1] ?? `${Number(shape.toFixed(2))}:1`
/** The shapes from one to another, as people know them. */
export const between = ({ min, max }: Range): string => (min === max ? spoken(min) : `${spoken(min)} to ${spoken(max)}`)

function widthProblems({ name, width }: JudgedMedia, range: Range | undefined, label: string): Found[] {
  if (!range || !width) return []
  if (width < range.min)
    return [refusal(`${name} is ${width} pixels wide; ${label} wants at least ${range.min}. Take a larger one.`)]
  if (width > range.max)
    return [refusal(`${name} is ${width} pixels wide; ${label} takes up to ${range.max}. Make it smaller.`)]
  return []
}

type Size = { readonly width: number; readonly height: number }

function overProblems(
  { name, width, height }: JudgedMedia,
  overBy: (size: Size) => string | undefined,
  advice: string,
): Found[] {
  const over = width && height ? overBy({ width, height }) : undefined
  return over ? [refusal(`${name} ${over} ${advice}`)] : []
}

function frameProblems({ kind, name, ...file }: JudgedMedia, gif: Limits['images']['gif'], label: string): Found[] {
  const over = kind === 'gif' && gif ? framesOver(label, gif, { ...file, frames: file.frames }) : undefined
  return over ? [refusal(`${name} ${over} Choose a shorter one.`)] : []
}
