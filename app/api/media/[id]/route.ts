import { ok } from '@/lib/core/result'
import { deleteMedia, describeMedia, openMedia } from '@/lib/media'
import { apiRoute, streamRoute } from '../../answer'
import { serveFile } from '../serve-file'

/** The file itself, or with `?thumb=1` a small picture of it. Answers ranges, so that videos can be wound. */
export const GET = streamRoute({
  async run(ctx, request, { id = '' }) {
    const file = await openMedia(ctx, {
      mediaId: id,
      thumb: new URL(request.url).searchParams.get('thumb') === '1',
    })
    // The bytes behind an id never change; who may see them does.
    return file.ok ? ok(serveFile(file.value, request, 'private, max-age=86400, immutable')) : file
  },
})

/** Sets the description. */
export const PATCH = apiRoute({ run: describeMedia, input: ({ body, params }) => ({ ...body, mediaId: params.id }) })

export const DELETE = apiRoute({ run: deleteMedia, input: ({ params }) => ({ mediaId: params.id }) })
