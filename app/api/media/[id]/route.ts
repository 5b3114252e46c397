import { ok } from '@/lib/core/result'
import { deleteMedia, describeMedia, openMedia } from '@/lib/media'
import { streamRoute } from '../../answer'
import * as contract from '../../contract/desk'
import { serves } from '../../contract/door'
import { serveFile } from '../serve-file'

/** The file itself, or with the `?thumb=` of its card a small picture of it. Answers ranges, so that videos can be wound. */
export const GET = streamRoute({
  takes: ['thumb'],
  async run(ctx, request, { id = '' }) {
    const file = await openMedia(ctx, {
      mediaId: id,
      thumb: Boolean(new URL(request.url).searchParams.get('thumb')),
    })
    // The bytes behind an id and a `thumb` never change; who may see them does.
    return file.ok ? ok(serveFile(file.value, request, 'private, max-age=86400, immutable')) : file
  },
})

/** Sets the description. */
export const PATCH = serves(
  contract.describeMedia,
  (ctx, { params, body }) => describeMedia(ctx, { ...body, mediaId: params.id }),
  (data) => ({ body: { data } }),
)

export const DELETE = serves(
  contract.deleteMedia,
  (ctx, { params }) => deleteMedia(ctx, { mediaId: params.id }),
  (data) => ({ body: { data } }),
)
