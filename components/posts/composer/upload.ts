import { discardUpload, finish, send } from '@/components/media/send'
import { fail, ok, type Result } from '@/lib/core/result'
import type { MediaCard } from '@/lib/media/schema'

type Upload = { readonly workspace: string; readonly file: File; readonly onProgress: (done: number) => void }

/**
 * Sends a file to the library, telling how far it is (0 to 1). One that is tried again goes on where it was. A file that
 * the library has already is taken from there. Never settles after `stop`.
 */
export function upload({ workspace, file, onProgress }: Upload): {
  readonly done: Promise<Result<MediaCard, string>>
  stop(): void
} {
  const sending = send({ workspace, file, onProgress })
  async function arrive(): Promise<Result<MediaCard, string>> {
    const arrived = await sending.arrived
    if (!arrived.ok) return fail(arrived.error.message)
    const finished = await finish(workspace, arrived.value, {})
    if (!finished.ok) return finished
    if (finished.value.outcome === 'known') await discardUpload(workspace, arrived.value)
    return ok(finished.value.media)
  }
  return { done: arrive(), stop: sending.pause }
}
