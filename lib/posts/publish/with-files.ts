import { failpointAfter } from '@/lib/core/failpoint'
import { mediaFiles } from '@/lib/media'
import type { MediaFile, Part } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { StepIntent, type Sendable } from './plan'

/**
 * A part together with the files themselves, for networks that take them with the post or fetch them. They are no part
 * of what is hashed or kept: an address ends after some hours, and bytes do not change.
 */
export async function withFiles(ctx: Ctx, step: Pick<Sendable, 'id' | 'intent'>, part: Part): Promise<Part> {
  const { media } = StepIntent.parse(step.intent)
  if (media.length === 0) return part
  const files = await mediaFiles(ctx, { ids: media.map(({ mediaId }) => mediaId) })
  if (!files.ok) throw new Error(files.error.message)
  const byId = new Map(files.value.map((file) => [file.id, file]))
  return {
    ...part,
    media: part.media.map((each, at) => {
      const file = byId.get(media[at]?.mediaId ?? '')
      return file ? { ...each, file: { ...killable(file, step.id), alt: each.alt } } : each
    }),
  }
}

/** A file in whose middle a worker may die: half of what it opened is on its way then. */
export const killable = (file: MediaFile, stepId: string): MediaFile => ({
  ...file,
  open(range) {
    const bytes = range ? range.end - range.start + 1 : file.sizeBytes
    return failpointAfter(bytes / 2, 'publish.within_file', stepId, file.open(range))
  },
})
