import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import type { Result } from '@/lib/core/result'
import { calendarWindow, draftsTray, foresight, postPreview, quickStats } from '@/lib/posts'
import type { CalendarWindow, PostFilter } from '@/lib/posts/schema'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'
import type { z } from 'zod'

type Given = URLSearchParams
const one = (given: Given, name: string) => given.get(name) ?? undefined
const many = (given: Given, name: string) => (given.has(name) ? given.getAll(name) : undefined)

/** What the calendar reads while it is open. Each is parsed and judged by its query. */
const reads: Readonly<Record<string, (ctx: Ctx, given: Given) => Promise<Result<unknown>>>> = {
  events: (ctx, given) =>
    calendarWindow(ctx, {
      from: one(given, 'from'),
      to: one(given, 'to'),
      take: 2_000,
      // The query refuses what is not a state.
      states: many(given, 'state') as PostFilter['states'],
      accountIds: many(given, 'account'),
      platforms: many(given, 'network'),
      projectId: one(given, 'project'),
      search: one(given, 'q'),
    } satisfies z.input<typeof CalendarWindow>),
  stats: (ctx, given) =>
    quickStats(ctx, { from: one(given, 'from'), to: one(given, 'to'), projectId: one(given, 'project') }),
  foresight: (ctx, given) =>
    foresight(ctx, { from: one(given, 'from'), to: one(given, 'to'), projectId: one(given, 'project') }),
  drafts: (ctx, given) => draftsTray(ctx, { projectId: one(given, 'project') }),
  preview: (ctx, given) => postPreview(ctx, { postId: given.get('post') ?? '' }),
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
    if (!read) return answerFailure({ code: 'NOT_FOUND', message: 'The calendar has nothing of this name.' }, requestId)
    const result = await read(ctx.value, new URL(request.url).searchParams)
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
