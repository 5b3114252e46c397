import { askInParts } from '@/components/workspace/ask-in-parts'
import { ok, type Result } from '@/lib/core/result'
import type { BulkMedia } from '@/lib/media/schema'

/**
 * Changes any number of files, part after part. When the server is lost on the way, those that it was not asked about are
 * among the ones that stayed as before. Fails only where nothing was done.
 */
export async function changeInParts(
  mediaIds: readonly string[],
  change: (mediaIds: string[]) => Promise<Result<BulkMedia>>,
): Promise<Result<BulkMedia>> {
  const said = await askInParts(mediaIds, change)
  if (!said.ok) return said
  const { answers, unasked } = said.value
  const { message } = unasked
  return ok({
    done: answers.flatMap(({ done }) => done),
    failed: [...answers.flatMap(({ failed }) => failed), ...unasked.ids.map((mediaId) => ({ mediaId, message }))],
  })
}
