import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { enter } from '@/lib/workspace/session'
import { openStream } from './open'

/**
 * Tells a browser what happens in its workspace, as server-sent events `{ type, subject }`: never more than ids, for
 * which the browser then asks what it may see.
 */
export async function GET(request: Request): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  const ctx = await enter(new URL(request.url).searchParams.get('workspace') ?? '')
  if (!ctx.ok) return answerFailure(ctx.error, requestId)
  const stream = openStream(ctx.value, request.signal)
  if (!stream.ok) return answerFailure(stream.error, requestId)
  return new Response(stream.value, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Proxies such as nginx would otherwise gather events until a buffer is full.
      'x-accel-buffering': 'no',
      'x-request-id': requestId,
    },
  })
}
