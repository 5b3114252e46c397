import type { z } from 'zod'
import { listContacts } from '@/lib/contacts'
import type { ListContacts } from '@/lib/contacts/schema'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { enter } from '@/lib/workspace/session'

type Input = z.input<typeof ListContacts>

/** A page of the list of contacts, for the list while it is open. */
export async function GET(request: Request, { params }: { params: Promise<{ workspace: string }> }): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const given = new URL(request.url).searchParams
    const one = (name: string) => given.get(name) ?? undefined
    const result = await listContacts(ctx.value, {
      search: one('search'),
      tag: one('tag'),
      platform: one('network'),
      cursor: one('cursor'),
      // The query refuses what is no stage.
      stage: one('stage') as Input['stage'],
    })
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
