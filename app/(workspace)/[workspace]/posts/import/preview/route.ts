import type { z } from 'zod'
import { parseObject, readBody } from '@/app/api/body'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { previewImport } from '@/lib/posts'
import type { ImportFile } from '@/lib/posts/schema'
import { enter } from '@/lib/workspace/session'

/** What would become of each post of a file, before anything is written. A file is too long for an address. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ workspace: string }> },
): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const body = await readBody(request)
    const file = body.ok ? parseObject(body.value) : body
    if (!file.ok) return answerFailure(file.error, requestId)
    // The query parses and judges it.
    const result = await previewImport(ctx.value, file.value as z.input<typeof ImportFile>)
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
