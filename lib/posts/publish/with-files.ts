import { mediaFiles } from '@/lib/media'
import type { Part } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { StepIntent, type Sendable } from './plan'

/**
 * A part together with the files themselves, for networks that take them with the post or fetch them. They are no part
 * of what is hashed or kept: an address ends after some hours, and bytes do not change.
 */
export async function withFiles(ctx: Ctx, step: Pick<Sendable, 'intent'>, part: Part): Promise<Part> {
  const { media } = StepIntent.parse(step.intent)
  if (media.length === 0) return part
  const files = await mediaFiles(ctx, { ids: media.map(({ mediaId }) => mediaId) })
  if (!files.ok) throw new Error(files.error.message)
  const byId = new Map(files.value.map((file) => [file.id, file]))
  return {
    ...part,
    media: part.media.map((each, at) => {
      const file = byId.get(media[at]?.mediaId ?? '')
      return file ? { ...each, file: { ...file, alt: each.alt } } : each
    }),
  }
}
