import type { z } from 'zod'
import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { fail, type Result } from '@/lib/core/result'
import { draftReply, getDraftDesk } from '@/lib/inbox'
import type { DraftReply } from '@/lib/inbox/schema'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'

type Params = { readonly params: Promise<{ workspace: string }> }

const noJson = { code: 'VALIDATION_ERROR', message: 'This is not JSON. Reload the page and try again.' } as const

async function answer(request: Request, { params }: Params, read: (ctx: Ctx) => Promise<Result<unknown>>) {
  const requestId = request.headers.get('x-request-id') ?? newId()
  return withTrail({ requestId }, async () => {
    const ctx = await enter((await params).workspace)
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const result = await read(ctx.value)
    return result.ok
      ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
      : answerFailure(result.error, requestId)
  })
}

/** The draft that waits in a conversation. */
export const GET = (request: Request, params: Params): Promise<Response> =>
  answer(request, params, (ctx) =>
    getDraftDesk(ctx, { conversationId: new URL(request.url).searchParams.get('conversation') ?? '' }),
  )

/** Drafts an answer. A model may think for a while, and an action would keep all others of this browser waiting. */
export const POST = (request: Request, params: Params): Promise<Response> =>
  answer(request, params, async (ctx) => {
    const body: unknown = await request.json().catch(() => undefined)
    // The operation parses and judges it.
    return body === undefined ? fail(noJson) : draftReply(ctx, body as z.input<typeof DraftReply>)
  })
