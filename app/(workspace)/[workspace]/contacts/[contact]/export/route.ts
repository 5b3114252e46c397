import { exportContact } from '@/lib/contacts'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { enter } from '@/lib/workspace/session'

/** Everything we keep of a person, as a JSON file. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ workspace: string; contact: string }> },
): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const { workspace, contact: contactId } = await params
    const ctx = await enter(workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const result = await exportContact(ctx.value, { contactId })
    if (!result.ok) return answerFailure(result.error, requestId)
    return new Response(JSON.stringify(result.value, null, 2), {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="contact-${contactId}.json"`,
        'cache-control': 'no-store',
        'x-request-id': requestId,
      },
    })
  })
}
