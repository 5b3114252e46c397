import { examineAccount } from '@/lib/accounts'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { enter } from '@/lib/workspace/session'

/** What the doctor finds: read by the page once it stands, as networks take their time. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ workspace: string; account: string }> },
): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const { workspace, account } = await params
    const ctx = await enter(workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const result = await examineAccount(ctx.value, { accountId: account })
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
