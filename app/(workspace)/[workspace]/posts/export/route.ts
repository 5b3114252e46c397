import type { z } from 'zod'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { exportPosts } from '@/lib/posts'
import type { ExportPosts } from '@/lib/posts/schema'
import { enter } from '@/lib/workspace/session'

/** The posts of the list's filter, as a file and what it lacks. */
export async function GET(request: Request, { params }: { params: Promise<{ workspace: string }> }): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const given = new URL(request.url).searchParams
    const many = (name: string) => (given.has(name) ? given.getAll(name) : undefined)
    const result = await exportPosts(ctx.value, {
      // The query refuses what is no format, and what is no state.
      format: given.get('format') as z.input<typeof ExportPosts>['format'],
      states: many('state') as z.input<typeof ExportPosts>['states'],
      accountIds: many('account'),
      platforms: many('network'),
      projectId: given.get('project') ?? undefined,
      search: given.get('q') ?? undefined,
    })
    if (!result.ok) return answerFailure(result.error, requestId)
    return Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
  })
}
