import type { Upload } from 'tus-js-client'
import { z } from 'zod'
import { fail, ok, type Result } from '@/lib/core/result'
import type { FinishedUpload, UploadCard } from '@/lib/media/schema'

/** Small enough that a cut costs little, and that no proxy on the way holds it back. */
const pieceBytes = 8 * 1024 * 1024
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000]
const uploads = '/api/media/uploads'

const cutOff = 'The connection broke. What has arrived is kept: it goes on when you are online again.'
const odd = 'The server did not answer as it should. Wait a moment and try again.'

const isObject = (value: unknown) => typeof value === 'object' && value !== null
const Answered = z.object({
  // Our own routes send them, by the types of their operations.
  data: z.custom<FinishedUpload>(isObject).optional(),
  error: z.object({ message: z.string() }).optional(),
})
const Waiting = z.object({ data: z.array(z.custom<UploadCard>(isObject)) })

/** How a file is recognised when it is chosen again. */
export const fingerprintOf = ({ name, size, lastModified }: File): string => `${name}|${size}|${lastModified}`

/** One's own uploads that are not finished. Throws when the server cannot be asked. */
export async function waitingUploads(workspace: string): Promise<readonly UploadCard[]> {
  const answer = await fetch(uploads, { headers: { 'x-workspace': workspace } })
  if (!answer.ok) throw new Error(odd)
  return Waiting.parse(await answer.json()).data
}

const saidBy = (text: string | undefined): string | undefined => {
  try {
    return Answered.parse(JSON.parse(text ?? '')).error?.message
  } catch {
    // A proxy in between answered with a page.
    return undefined
  }
}

export type Sending = {
  /** The upload's id once all bytes have arrived; why not, and whether going on may help. Never settles after `pause`. */
  readonly arrived: Promise<Result<string, { readonly message: string; readonly isCutOff: boolean }>>
  /** Stops sending; what has arrived stays. */
  pause(): void
}

type Given = { readonly workspace: string; readonly file: File; readonly onProgress: (part: number) => void }

/** Sends a file, from where an earlier try of the same file stopped, by tus. */
export function send({ workspace, file, onProgress }: Given): Sending {
  let upload: Upload | undefined
  let isPaused = false
  async function start(): Promise<Result<string, { message: string; isCutOff: boolean }>> {
    const [{ Upload: Tus, DetailedError }, waiting] = await Promise.all([
      import('tus-js-client'),
      waitingUploads(workspace),
    ])
    const before = waiting.find(({ fingerprint }) => fingerprint === fingerprintOf(file))
    return new Promise((settle) => {
      upload = new Tus(file, {
        endpoint: uploads,
        uploadUrl: before ? `${uploads}/${before.id}` : null,
        headers: { 'x-workspace': workspace },
        metadata: { filename: file.name || 'pasted picture', fingerprint: fingerprintOf(file) },
        chunkSize: pieceBytes,
        retryDelays,
        // Our own list of what waits is right on every device, and after the browser has forgotten.
        storeFingerprintForResuming: false,
        onProgress: (sent, total) => onProgress(total === 0 ? 0 : sent / total),
        onSuccess: () => settle(ok(new URL(upload?.url ?? '', window.location.href).pathname.split('/').at(-1) ?? '')),
        onError: (error) => {
          const answer = error instanceof DetailedError ? error.originalResponse : null
          settle(
            answer
              ? fail({ message: saidBy(answer.getBody()) ?? odd, isCutOff: answer.getStatus() >= 500 })
              : fail({ message: cutOff, isCutOff: true }),
          )
        },
      })
      if (!isPaused) upload.start()
    })
  }
  return {
    arrived: start().catch(() => fail({ message: cutOff, isCutOff: true })),
    pause() {
      isPaused = true
      void upload?.abort()
    },
  }
}

/** Takes what has arrived into the library, or says that the library has it already. */
export async function finish(
  workspace: string,
  uploadId: string,
  given: { readonly folderId?: string | null; readonly evenIfKnown?: boolean },
): Promise<Result<FinishedUpload, string>> {
  try {
    const answer = await fetch(`${uploads}/${uploadId}`, {
      method: 'POST',
      headers: { 'x-workspace': workspace, 'content-type': 'application/json' },
      body: JSON.stringify(given),
    })
    const { data, error } = Answered.parse(await answer.json())
    return data ? ok(data) : fail(error?.message ?? odd)
  } catch {
    // Offline, or a page of a proxy: to the person it is the same.
    return fail(odd)
  }
}

/** Throws away an upload that is not finished. Best effort: what is left is forgotten after a week. */
export async function discardUpload(workspace: string, uploadId: string): Promise<void> {
  await fetch(`${uploads}/${uploadId}`, {
    method: 'DELETE',
    headers: { 'x-workspace': workspace, 'tus-resumable': '1.0.0' },
  }).catch(() => undefined)
}

/** The same for whatever has arrived of a file. */
export async function discardFile(workspace: string, file: File): Promise<void> {
  const waiting = await waitingUploads(workspace).catch(() => [])
  for (const { id, fingerprint } of waiting) if (fingerprint === fingerprintOf(file)) await discardUpload(workspace, id)
}
