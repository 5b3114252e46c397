import { fail, ok, type Result } from '@/lib/core/result'
import type { MediaKind, PartMedia, Reply } from '@/lib/platforms'
import type { Work } from '@/lib/workspace'
import { fileProblems, type TakenFiles } from './file-rules'

/** A file as it is fixed with the intent: which one, with which bytes, and how it is described. */
export type FixedFile = PartMedia & { readonly mediaId: string; readonly sha256: string }
/** An answer as it is fixed. */
export type FixedReply = Omit<Reply, 'media'> & { readonly media?: readonly FixedFile[] }

const no = (message: string): Result<never> =>
  fail({ code: 'VALIDATION_ERROR', message, fields: { mediaIds: [message] } })

/** The files of an answer as they are fixed with it, in the order they were named, when nothing speaks against them. */
export async function fixFiles(
  { db }: Work,
  mediaIds: readonly string[],
  to: { readonly label: string; readonly takes: TakenFiles | null },
): Promise<Result<readonly FixedFile[]>> {
  if (mediaIds.length === 0) return ok([])
  const rows = await db.media.findMany({ where: { id: { in: [...mediaIds] } } })
  const found = mediaIds.flatMap((id) => {
    const row = rows.find((each) => each.id === id)
    // The column is written from MediaKind and from nothing else.
    return row ? [{ ...row, kind: row.kind as MediaKind, sizeBytes: Number(row.sizeBytes) }] : []
  })
  if (found.length < mediaIds.length) return no('A file is gone from the media library. Choose it again.')
  const [problem] = fileProblems(to.label, found, to.takes)
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
