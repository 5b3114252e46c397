import { z } from 'zod'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { enter } from '@/lib/workspace/session'
import { openStream } from './open'

/** When the page was made, by our own clock; absent once it listens. */
const Since = z.iso.datetime().transform((at) => new Date(at))

/**
 * Tells a browser what happens in its workspace, as server-sent events `{ type, subject }`: never more than ids, for
 * which the browser then asks what it may see; and at first whether anything did since its page was made.
 */
export async function GET(request: Request): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  const asked = new URL(request.url).searchParams
  const ctx = await enter(asked.get('workspace') ?? '')
  if (!ctx.ok) return answerFailure(ctx.error, requestId)
  const since = Since.safeParse(asked.get('since'))
  const stream = openStream(ctx.value, request.signal, since.data)
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
