import { answerFailure } from '@/lib/core/envelope'
import { newId } from '@/lib/core/ids'
import { withTrail } from '@/lib/core/log'
import { fail, type Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'

export type Given = URLSearchParams
/** What a page reads while it is open, by the last word of the address. Each is parsed and judged by its query. */
export type Reads = Readonly<Record<string, (ctx: Ctx, given: Given) => Promise<Result<unknown>>>>

export const one = (given: Given, name: string) => given.get(name) ?? undefined
export const many = (given: Given, name: string) => (given.has(name) ? given.getAll(name) : undefined)

type Params = { readonly params: Promise<{ workspace: string }> }

/** Answers what a page asks at an address of its own: for members of the workspace, never cached. */
export async function answered(
  request: Request,
  { params }: Params,
  read: (ctx: Ctx) => Promise<Result<unknown>>,
): Promise<Response> {
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

const noJson = { code: 'VALIDATION_ERROR', message: 'This is not JSON. Reload the page and try again.' } as const

/** The same, for a question too long for an address. What is asked is parsed and judged by whoever answers. */
export const answeredAbout = (
  request: Request,
  params: Params,
  read: (ctx: Ctx, question: unknown) => Promise<Result<unknown>>,
): Promise<Response> =>
  answered(request, params, async (ctx) => {
    const question: unknown = await request.json().catch(() => undefined)
    return question === undefined ? fail(noJson) : read(ctx, question)
  })

/** The door that a page's reads come in by: for members of the workspace, never cached. `place` names it in refusals. */
export const readingDoor =
  (place: string, reads: Reads) =>
  async (request: Request, { params }: { params: Promise<{ workspace: string; what: string }> }): Promise<Response> => {
    const requestId = request.headers.get('x-request-id') ?? newId()
    return withTrail({ requestId }, async () => {
      const { workspace, what } = await params
      const ctx = await enter(workspace)
      if (!ctx.ok) return answerFailure(ctx.error, requestId)
      const read = Object.hasOwn(reads, what) ? reads[what] : undefined
      if (!read) return answerFailure({ code: 'NOT_FOUND', message: `${place} has nothing of this name.` }, requestId)
      const result = await read(ctx.value, new URL(request.url).searchParams)
      return result.ok
        ? Response.json(result.value, { headers: { 'cache-control': 'no-store', 'x-request-id': requestId } })
        : answerFailure(result.error, requestId)
    })
  }
