import { z } from 'zod'
import type { MediaCard } from '@/lib/media/schema'
import { fail, ok, type Result } from '@/lib/core/result'

type Upload = { readonly workspace: string; readonly file: File; readonly onProgress: (done: number) => void }

const Answered = z.object({
  // Our own route sends it, by the type of its operation.
  data: z.custom<MediaCard>((value) => typeof value === 'object' && value !== null).optional(),
  error: z.object({ message: z.string() }).optional(),
})

const cutOff = 'The connection broke while this file was sent. Check it, then try again.'
const odd = 'The server did not answer as it should. Wait a moment and try again.'

/** Sends a file to the library, telling how far it is (0 to 1). Settles early, as a failure, when it is stopped. */
export function upload({ workspace, file, onProgress }: Upload): {
  readonly done: Promise<Result<MediaCard, string>>
  stop(): void
} {
  // fetch tells nobody how much of a body has gone out.
  const request = new XMLHttpRequest()
  const done = new Promise<Result<MediaCard, string>>((settle) => {
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    request.addEventListener('load', () => settle(read(request.responseText)))
    request.addEventListener('error', () => settle(fail(cutOff)))
    request.addEventListener('timeout', () => settle(fail(cutOff)))
    request.addEventListener('abort', () => settle(fail('Stopped.')))
    request.open('PUT', '/api/media')
    request.setRequestHeader('x-workspace', workspace)
    request.setRequestHeader('x-file-name', encodeURIComponent(file.name || 'pasted'))
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.send(file)
  })
  return { done, stop: () => request.abort() }
}

function read(text: string): Result<MediaCard, string> {
  const answered = Answered.safeParse(parsed(text))
  if (!answered.success) return fail(odd)
  const { data, error } = answered.data
  return data ? ok(data) : fail(error?.message ?? odd)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A proxy in between answered with a page.
    return undefined
  }
}
