import { bytes } from '@/lib/core/format'
import { newId } from '@/lib/core/ids'
import { ok, type Result } from '@/lib/core/result'
import { operation } from '@/lib/workspace'
import { UploadMedia, type MediaCard } from './schema'
import { maxBytes, take, tooLarge } from './take'

/** Takes a whole file in one go. */
export const uploadMedia = operation({
  can: 'media.upload',
  input: UploadMedia,
  async run(ctx, { name, alt, declaredBytes, evenIfKnown, body }): Promise<Result<MediaCard>> {
    if (declaredBytes !== undefined && declaredBytes > maxBytes()) return tooLarge(bytes(declaredBytes))
    const taken = await take(ctx, { id: newId(), name, alt, body, evenIfKnown })
    return taken.ok ? ok(taken.value.media) : taken
  },
})
