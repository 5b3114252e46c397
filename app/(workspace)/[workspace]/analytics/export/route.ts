import type { z } from 'zod'
import { exportReport } from '@/lib/analytics'
import type { ReportOn } from '@/lib/analytics/schema'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { enter } from '@/lib/workspace/session'

/** How people were answered, as a file. */
export async function GET(request: Request, { params }: { params: Promise<{ workspace: string }> }): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const given = new URL(request.url).searchParams
    const result = await exportReport(ctx.value, {
      // The query refuses what is no period.
      days: Number(given.get('days') ?? 28) as z.input<typeof ReportOn>['days'],
      calendarId: given.get('hours') ?? undefined,
    })
    if (!result.ok) return answerFailure(result.error, requestId)
    const { name, text } = result.value
    return new Response(text, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'no-store',
        'x-request-id': requestId,
      },
    })
  })
}
