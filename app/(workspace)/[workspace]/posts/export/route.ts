import type { z } from 'zod'
import { many, one, readingDoor } from '@/app/(workspace)/reading'
import { exportPosts } from '@/lib/posts'
import type { ExportPosts } from '@/lib/posts/schema'

type Input = z.input<typeof ExportPosts>

/** The posts of the list's filter, as a file and what it lacks. */
export const GET = readingDoor((ctx, given) =>
  exportPosts(ctx, {
    // The query refuses what is no format, and what is no state.
    format: given.get('format') as Input['format'],
    states: many(given, 'state') as Input['states'],
    accountIds: many(given, 'account'),
    platforms: many(given, 'network'),
    projectId: one(given, 'project'),
    search: one(given, 'q'),
  }),
)
