import { fail, ok } from '@/lib/core/result'
import { listMedia, uploadMedia } from '@/lib/media'
import { asCreated, streamRoute, wrongMethod } from '../answer'
import { page } from '../contract/answers'
import * as contract from '../contract/desk'
import { serves } from '../contract/door'

/** The library, newest first. */
export const GET = serves(
  contract.listMedia,
  (ctx, { query }) => listMedia(ctx, query),
  ({ items, next }, { url }) => page('data', items, next, url),
)

/** One file as the body, as it is; its name, percent-encoded, in `X-File-Name`, and its description in `X-Alt-Text`. */
export const PUT = streamRoute({
  door: 'upload',
  async run(ctx, { headers, body }) {
    const [name, alt] = [textOf(headers.get('x-file-name')), textOf(headers.get('x-alt-text'))]
    if (!body || !name)
      return fail({
        code: 'MISSING_REQUIRED_FIELD',
        message: 'Send the file as the body and its name, percent-encoded, in the header X-File-Name.',
      })
    const length = headers.get('content-length')
    const declared = length === null ? {} : { declaredBytes: Number(length) }
    const kept = await uploadMedia(ctx, { name, body, ...(alt ? { alt } : {}), ...declared })
    return kept.ok ? ok(asCreated(kept.value)) : kept
  },
})

function textOf(header: string | null): string | undefined {
  try {
    return header === null ? undefined : decodeURIComponent(header)
  } catch {
    // Not percent-encoded after all: taken as it stands.
    return header ?? undefined
  }
}

export const POST = wrongMethod
export const PATCH = wrongMethod
export const DELETE = wrongMethod
