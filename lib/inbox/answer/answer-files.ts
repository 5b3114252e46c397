import { fail, ok, type Result } from '@/lib/core/result'
import type { AnswerFiles, Limits, MediaKind, PartMedia, Reply } from '@/lib/platforms'
import type { Work } from '@/lib/workspace'

/** A file as it is fixed with the intent: which one, with which bytes, and how it is described. */
export type FixedFile = PartMedia & { readonly mediaId: string; readonly sha256: string }
/** An answer as it is fixed. */
export type FixedReply = Omit<Reply, 'media'> & { readonly media?: readonly FixedFile[] }

type Row = {
  readonly name: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
}

const no = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { mediaIds: [message] } })

/** Why the network takes no such files with an answer, in sentences. Pure. */
function fileProblems(
  label: string,
  files: readonly Row[],
  takes: AnswerFiles | null,
  { images, video }: Limits,
): readonly string[] {
  if (files.length === 0) return []
  if (!takes) return [`${label} takes no files with such an answer.`]
  const films = files.filter(({ kind }) => kind !== 'image').length
  return [
    ...(files.length > takes.max ? [`${label} takes ${takes.max} files with an answer at most.`] : []),
    // As it is with posts, unless they may be mixed: pictures, or one film.
    ...(films > 0 && files.length > 1 && takes.mixed !== true
      ? [`${label} takes pictures, or one video or GIF, not both.`]
      : []),
    ...files.flatMap(({ name, kind, mime, sizeBytes }) => {
      if (!takes.kinds.includes(kind)) return [`${label} takes no ${kind} with an answer: “${name}”.`]
      const [mimes, most] =
        kind === 'video'
          ? [video.mimes, video.maxBytes]
          : [images.mimes, (kind === 'gif' && images.gifMaxBytes) || images.maxBytes]
      return [
        ...(mimes.includes(mime) ? [] : [`${label} does not take files like “${name}” (${mime}).`]),
        ...(sizeBytes > most ? [`“${name}” is larger than ${label} takes (${Math.floor(most / 1_000_000)} MB).`] : []),
      ]
    }),
  ]
}

/** The files of an answer as they are fixed with it, in the order they were named, when nothing speaks against them. */
export async function fixFiles(
  { db }: Work,
  mediaIds: readonly string[],
  to: { readonly label: string; readonly takes: AnswerFiles | null; readonly limits: Limits },
): Promise<Result<readonly FixedFile[]>> {
  if (mediaIds.length === 0) return ok([])
  const rows = await db.media.findMany({ where: { id: { in: [...mediaIds] } } })
  const found = mediaIds.flatMap((id) => {
    const row = rows.find((each) => each.id === id)
    // The column is written from MediaKind and from nothing else.
    return row ? [{ ...row, kind: row.kind as MediaKind, sizeBytes: Number(row.sizeBytes) }] : []
  })
  if (found.length < mediaIds.length) return no('A file is gone from the media library. Choose it again.')
  const [problem] = fileProblems(to.label, found, to.takes, to.limits)
  if (problem) return no(problem)
  return ok(
    found.map(({ id, sha256, kind, alt, width, height }) => ({
      mediaId: id,
      sha256,
      kind,
      alt,
      ...(width && height ? { width, height } : {}),
    })),
  )
}
