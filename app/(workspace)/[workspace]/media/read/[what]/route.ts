import { one, readingsDoor, type Reads } from '@/app/(workspace)/reading'
import { listMedia, mediaDetails, mediaShelves, networkFits } from '@/lib/media'
import type { ListMedia } from '@/lib/media/schema'
import type { z } from 'zod'

/** What the library reads while it is open. Each is parsed and judged by its query. */
const reads: Reads = {
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

export const GET = readingsDoor('The library', reads)
