import { cutText } from '@/lib/core/excerpt'
import { bytes } from '@/lib/core/format'
import { request, type HttpRequest } from '@/lib/core/http'
import { fail, type Result } from '@/lib/core/result'
import { uploadMedia } from '@/lib/media'
import type { MediaCard } from '@/lib/media/schema'
import type { Ctx } from '@/lib/workspace'

/** It is held in memory while it comes; larger files are uploaded by hand. */
const mostBytes = 50_000_000

type Bounds = Pick<HttpRequest, 'timeoutMs' | 'maxBytes' | 'allow'> & {
  /** Nothing but a picture is taken. */
  readonly isPicture?: true
}

/** Brings a file from the public internet into the library, where the same one may be already. Private addresses are refused, also by redirects. */
export async function fetchMedia(
  ctx: Ctx,
  address: string,
  { isPicture, ...bounds }: Bounds = { timeoutMs: 30_000, maxBytes: mostBytes },
): Promise<Result<MediaCard>> {
  const { maxBytes = mostBytes } = bounds
  const answer = await request({ url: address, mutation: false, ...bounds, maxBytes })
  const host = new URL(address).host
  const refused = (why: string): Result<never> =>
    fail({
      code: 'VALIDATION_ERROR',
      message: `A file could not be fetched from ${host}: ${why}. Upload it to the library instead.`,
    })
  if (answer.kind !== 'answer') return refused(`${answer.reason} (files up to ${bytes(maxBytes)} are fetched)`)
  if (answer.status >= 400) return refused(`it answers with ${answer.status}`)
  if (isPicture && !/^image\//i.test(answer.headers.get('content-type') ?? '')) return refused('it is no picture')
  return uploadMedia(ctx, {
    name: nameOf(address),
    declaredBytes: answer.bytes.byteLength,
    evenIfKnown: false,
    body: new Blob([new Uint8Array(answer.bytes)]).stream(),
  })
}

function nameOf(address: string): string {
  const last = new URL(address).pathname.split('/').findLast((part) => part !== '') ?? 'file'
  try {
    return cutText(decodeURIComponent(last), 200)
  } catch {
    // An address may hold any percent sign; the name is only for people.
    return last.slice(0, 200)
  }
}
