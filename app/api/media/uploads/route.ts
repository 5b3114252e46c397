import { ok } from '@/lib/core/result'
import { beginUpload, listUploads } from '@/lib/media'
import { streamRoute } from '../../answer'
import { serves } from '../../contract/door'
import * as contract from '../../contract/uploads'
import { metadataOf, otherVersion, standing } from './tus'

/** One's own uploads that are not finished. */
export const GET = serves(
  contract.listUploads,
  (ctx) => listUploads(ctx, {}),
  (data) => ({ body: { data } }),
)

/** Begins an upload by tus. `Upload-Metadata` holds `filename` and, if the sender wants to find it again, `fingerprint`. */
export const POST = streamRoute({
  door: 'upload',
  async run(ctx, { url, headers }) {
    const other = otherVersion(headers)
    if (other) return ok(other)
    const { filename = '', fingerprint = '' } = metadataOf(headers.get('upload-metadata'))
    const begun = await beginUpload(ctx, {
      name: filename || 'file',
      fingerprint,
      sizeBytes: Number(headers.get('upload-length') ?? Number.NaN),
    })
    if (!begun.ok) return begun
    const location = `${new URL(url).pathname}/${begun.value.id}`
    return ok(new Response(null, { status: 201, headers: { ...standing(begun.value), location } }))
  },
})
