import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import type { Result } from '@/lib/core/result'
import { listMedia, mediaDetails, mediaShelves, networkFits } from '@/lib/media'
import type { ListMedia } from '@/lib/media/schema'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'
import type { z } from 'zod'

const one = (given: URLSearchParams, name: string) => given.get(name) || undefined

/** What the library reads while it is open. Each is parsed and judged by its query. */
const reads: Readonly<Record<string, (ctx: Ctx, given: URLSearchParams) => Promise<Result<unknown>>>> = {
  list: (ctx, given) =>
    listMedia(ctx, {
      // The query refuses what is no kind.
      kind: one(given, 'kind') as z.input<typeof ListMedia>['kind'],
      folder: one(given, 'folder'),
      tag: one(given, 'tag'),
      unused: one(given, 'unused') ?? false,
      duplicates: one(given, 'duplicates') ?? false,
      search: one(given, 'q'),
      cursor: one(given, 'cursor'),
    }),
  shelves: (ctx) => mediaShelves(ctx, {}),
  details: (ctx, given) => mediaDetails(ctx, { mediaId: given.get('file') ?? '' }),
  fits: (ctx, given) => networkFits(ctx, { mediaId: given.get('file') ?? '' }),
}

export async function GET(
  request: Request,
  { params }: { params: Promise<{ workspace: string; what: string }> },
): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const { workspace, what } = await params
    const ctx = await enter(workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const read = Object.hasOwn(reads, what) ? reads[what] : undefined
    if (!read) return answerFailure({ code: 'NOT_FOUND', message: 'The library has nothing of this name.' }, requestId)
    const result = await read(ctx.value, new URL(request.url).searchParams)
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
