import { many, one, readingsDoor, type Given, type Reads } from '@/app/(workspace)/reading'
import { calendarWindow, draftsTray, foresight, postPreview, quickStats } from '@/lib/posts'
import type { CalendarWindow, PostFilter } from '@/lib/posts/schema'
import type { z } from 'zod'

const filterOf = (given: Given) => ({
  from: one(given, 'from'),
  to: one(given, 'to'),
  accountIds: many(given, 'account'),
  platforms: many(given, 'network'),
  projectId: one(given, 'project'),
  search: one(given, 'q'),
})

// Each query refuses what is not a state.
const statesOf = (given: Given) => many(given, 'state') as PostFilter['states']

/** What the calendar reads while it is open. Each is parsed and judged by its query. */
const reads: Reads = {
  events: (ctx, given) =>
    calendarWindow(ctx, {
      ...filterOf(given),
      take: 2_000,
      states: statesOf(given),
    } satisfies z.input<typeof CalendarWindow>),
  stats: (ctx, given) => quickStats(ctx, filterOf(given)),
  foresight: (ctx, given) => foresight(ctx, { ...filterOf(given), states: statesOf(given) }),
  drafts: (ctx, given) => draftsTray(ctx, { projectId: one(given, 'project'), cursor: one(given, 'cursor') }),
  preview: (ctx, given) => postPreview(ctx, { postId: given.get('post') ?? '' }),
}

export const GET = readingsDoor('The calendar', reads)
