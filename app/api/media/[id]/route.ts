import { ok } from '@/lib/core/result'
import { deleteMedia, describeMedia, openMedia, type StoredFile } from '@/lib/media'
import { apiRoute, streamRoute } from '../../answer'
import { rangeOf } from './range'

/** The file itself, or with `?thumb=1` a small picture of it. Answers ranges, so that videos can be wound. */
export const GET = streamRoute({
  async run(ctx, { url, headers }, { id = '' }) {
    const file = await openMedia(ctx, { mediaId: id, thumb: new URL(url).searchParams.get('thumb') === '1' })
    return file.ok ? ok(answer(file.value, headers.get('range'))) : file
  },
})

/** Sets the description. */
export const PATCH = apiRoute({ run: describeMedia, input: ({ body, params }) => ({ ...body, mediaId: params.id }) })

export const DELETE = apiRoute({ run: deleteMedia, input: ({ params }) => ({ mediaId: params.id }) })

function answer(file: StoredFile, asked: string | null): Response {
  const range = rangeOf(asked, file.sizeBytes)
  const common = {
    'content-type': file.mime,
    'accept-ranges': 'bytes',
    'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`,
    'x-content-type-options': 'nosniff',
    // What people upload is shown, never run.
    'content-security-policy': "default-src 'none'; sandbox",
    // The bytes behind an id never change; who may see them does.
    'cache-control': 'private, max-age=86400, immutable',
  }
  if (range === 'outside')
    return new Response(null, { status: 416, headers: { ...common, 'content-range': `bytes */${file.sizeBytes}` } })
  if (range === 'whole')
    return new Response(file.open(), { headers: { ...common, 'content-length': String(file.sizeBytes) } })
  const { start, end } = range
  return new Response(file.open(range), {
    status: 206,
    headers: {
      ...common,
      'content-length': String(end - start + 1),
      'content-range': `bytes ${start}-${end}/${file.sizeBytes}`,
    },
  })
}
