import type { z } from 'zod'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { fail, type Result } from '@/lib/core/result'
import { checkPost, postChoices } from '@/lib/posts'
import type { CheckPost, PostChoices } from '@/lib/posts/schema'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'

type Params = { readonly params: Promise<{ workspace: string; what: string }> }
type Read = (ctx: Ctx, what: string) => Promise<Result<unknown>>

const nothing = { code: 'NOT_FOUND', message: 'The composer has nothing of this name.' } as const
const noJson = { code: 'VALIDATION_ERROR', message: 'This is not JSON. Reload the page and try again.' } as const

async function answer(request: Request, { params }: Params, read: Read): Promise<Response> {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const { workspace, what } = await params
    const ctx = await enter(workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const result = await read(ctx.value, what)
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}

/** What was said: JSON, or undefined. */
function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text)
  } catch {
    // Whoever asks is told that it is none.
    return undefined
  }
}

/** What a network offers for one of its questions. */
export const GET = (request: Request, params: Params): Promise<Response> =>
  answer(request, params, (ctx, what) => {
    if (what !== 'choices') return Promise.resolve(fail(nothing))
    const asked = new URL(request.url).searchParams
    return postChoices(ctx, {
      accountId: asked.get('account') ?? '',
      field: asked.get('field') ?? '',
      // The query parses and judges it.
      given: (jsonOf(asked.get('given')) ?? {}) as z.input<typeof PostChoices>['given'],
      afresh: asked.get('afresh') === '1',
    })
  })

/** What stands against what is being written, and what it would mean. A draft is too long for an address. */
export const POST = (request: Request, params: Params): Promise<Response> =>
  answer(request, params, async (ctx, what) => {
    if (what !== 'check') return fail(nothing)
    const body = jsonOf(await request.text())
    // The query parses and judges it.
    return body === undefined ? fail(noJson) : checkPost(ctx, body as z.input<typeof CheckPost>)
  })
