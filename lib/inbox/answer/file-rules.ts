import type { AnswerFiles, FileRule, Limits, MediaKind } from '@/lib/platforms/platform'

/** Which files may go with an answer, with what is taken of each kind. */
export type TakenFiles = AnswerFiles & {
  readonly rules: Readonly<Record<MediaKind, FileRule>>
  /** Documents go with documents alone. */
  readonly documentsApart?: boolean
}

/** As with a post, where the network takes nothing else with an answer. */
export const takenFiles = (takes: AnswerFiles, { images, video, documents }: Limits): TakenFiles => ({
  ...takes,
  documentsApart: documents?.apart !== undefined,
  rules: {
    image: { mimes: images.mimes, maxBytes: images.maxBytes },
    gif: { mimes: images.mimes, maxBytes: images.gifMaxBytes || images.maxBytes },
    video: { mimes: video.mimes, maxBytes: video.maxBytes },
    document: { mimes: documents?.mimes ?? [], maxBytes: documents?.maxBytes ?? 0 },
    ...takes.rules,
  },
})

export type FileToSend = {
  readonly name: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
}

const MB = 1_000_000
const counted = (max: number) => (max === 1 ? 'one file' : `${max} files`)

/** Why the network takes no such files with an answer, in sentences. The composer asks the same before they are sent. */
export function fileProblems(label: string, files: readonly FileToSend[], takes: TakenFiles | null): readonly string[] {
  if (files.length === 0) return []
  if (!takes) return [`${label} takes no files with such an answer.`]
  const films = files.filter(({ kind }) => kind !== 'image').length
  const documents = files.filter(({ kind }) => kind === 'document').length
  return [
    ...(files.length > takes.max ? [`${label} takes ${counted(takes.max)} with an answer at most.`] : []),
    // As it is with posts, unless they may be mixed: pictures, or one film.
    ...(films > 0 && files.length > 1 && takes.max > 1 && takes.mixed !== true
      ? [`${label} takes pictures, or one video or GIF, not both.`]
      : []),
    ...(takes.documentsApart === true && documents > 0 && documents < files.length
      ? [`${label} takes documents, or pictures and videos, not both.`]
      : []),
    ...files.flatMap(({ name, kind, mime, sizeBytes }) => {
      if (!takes.kinds.includes(kind)) return [`${label} takes no ${kind} with such an answer: “${name}”.`]
      const { mimes, maxBytes } = takes.rules[kind]
      return [
        ...(mimes.includes(mime) ? [] : [`${label} does not take files like “${name}” (${mime}).`]),
        ...(sizeBytes > maxBytes ? [`“${name}” is larger than ${label} takes (${Math.floor(maxBytes / MB)} MB).`] : []),
      ]
    }),
  ]
}
