import { fail, ok } from '@/lib/core/result'
import { finishUpload, readUpload, receivePiece, stopUpload } from '@/lib/media'
import { streamRoute, wrongMethod } from '../../../answer'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/uploads'
import { otherVersion, standing, tusHeaders } from '../tus'

/** How far it is (tus). */
export const HEAD = streamRoute({
  async run(ctx, { headers }, { id = '' }) {
    const other = otherVersion(headers)
    if (other) return ok(other)
    const upload = await readUpload(ctx, { uploadId: id })
    return upload.ok ? ok(new Response(null, { headers: standing(upload.value) })) : upload
  },
})

/** The next bytes (tus). They are counted by nothing but their number: a file comes in hundreds of pieces. */
export const PATCH = streamRoute({
  async run(ctx, { headers, body }, { id = '' }) {
    const other = otherVersion(headers)
    if (other) return ok(other)
    if (headers.get('content-type') !== 'application/offset+octet-stream')
      return ok(new Response(null, { status: 415, headers: tusHeaders }))
    if (!body)
      return fail({ code: 'INVALID_INPUT', message: 'There is nothing in it. Send the next bytes as the body.' })
    const length = headers.get('content-length')
    const upload = await receivePiece(ctx, {
      uploadId: id,
      ...(length === null ? {} : { declaredBytes: Number(length) }),
      offset: Number(headers.get('upload-offset') ?? Number.NaN),
      body,
    })
    return upload.ok ? ok(new Response(null, { status: 204, headers: standing(upload.value) })) : upload
  },
})

/** Stops it (tus). */
export const DELETE = streamRoute({
  async run(ctx, { headers }, { id = '' }) {
    const other = otherVersion(headers)
    if (other) return ok(other)
    const stopped = await stopUpload(ctx, { uploadId: id })
    return stopped.ok ? ok(new Response(null, { status: 204, headers: tusHeaders })) : stopped
  },
})

/** Takes what has come whole into the library. */
export const POST = serves(
  contract.finishUpload,
  (ctx, { params, body }) => finishUpload(ctx, { ...body, uploadId: params.id }),
  (data) => ({ body: { data } }),
)

export const GET = wrongMethod
export const PUT = wrongMethod
