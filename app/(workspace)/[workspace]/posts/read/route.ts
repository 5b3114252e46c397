import type { z } from 'zod'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { listPosts } from '@/lib/posts'
import type { ListPosts } from '@/lib/posts/schema'
import { enter } from '@/lib/workspace/session'

type Input = z.input<typeof ListPosts>

/** What the address asks for; the query parses and judges it. */
function askedFor(given: URLSearchParams): Input {
  const one = (name: string) => given.get(name) ?? undefined
  const many = (name: string) => (given.has(name) ? given.getAll(name) : undefined)
  const take = one('take')
  return {
    // The query refuses what is no state, and what is no order.
    states: many('state') as Input['states'],
    sort: one('sort') as Input['sort'],
    accountIds: many('account'),
    platforms: many('network'),
    projectId: one('project'),
    search: one('q'),
    cursor: one('cursor'),
    ...(take ? { take: Number(take) } : {}),
  }
}

/** A page of the list of posts, for the list while it is open. */
export async function GET(request: Request, { params }: { params: Promise<{ workspace: string }> }): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const result = await listPosts(ctx.value, askedFor(new URL(request.url).searchParams))
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}
