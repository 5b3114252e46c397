import { answerFailure } from '@/lib/core/envelope'
import { withTrail } from '@/lib/core/log'
import { fail, type Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'
import { enter } from '@/lib/workspace/session'
import { guarded } from '../api/answer'
import { parseObject, readBody } from '../api/body'

export type Given = URLSearchParams
type Params = Readonly<Record<string, string>>
type Handler = (request: Request, context: { readonly params: Promise<Params> }) => Promise<Response>

/** What a page reads while it is open. It is parsed and judged by its query. */
export type Read = (ctx: Ctx, given: Given, params: Params) => Promise<Result<unknown>>
/** The same, by the last word of the address. */
export type Reads = Readonly<Record<string, Read>>

export const one = (given: Given, name: string) => given.get(name) ?? undefined
export const many = (given: Given, name: string) => (given.has(name) ? given.getAll(name) : undefined)

/** The one door of what a page asks at an address of its own: for members of the workspace, never cached. */
function answered<T>(
  request: Request,
  context: { readonly params: Promise<Params> },
  read: (ctx: Ctx, params: Params) => Promise<Result<T>>,
  answer: (value: T) => Response,
): Promise<Response> {
  return guarded(request, async (requestId) => {
    const params = await context.params
    const ctx = await enter(params.workspace ?? '')
    if (!ctx.ok) return answerFailure(ctx.error, requestId)
    const { workspaceId, actor } = ctx.value
    const result = await withTrail({ workspaceId, actor: actor.id }, () => read(ctx.value, params))
    if (!result.ok) return answerFailure(result.error, requestId)
    const response = answer(result.value)
    response.headers.set('cache-control', 'no-store')
    return response
  })
}

/** Answers one read of a page. */
export const readingDoor =
  (read: Read): Handler =>
  (request, context) =>
    answered(
      request,
      context,
      (ctx, params) => read(ctx, new URL(request.url).searchParams, params),
      (value) => Response.json(value),
    )

/** Answers several, at addresses that end in `[what]`. `place` names it in refusals. */
export const readingsDoor = (place: string, reads: Reads): Handler =>
  readingDoor(async (ctx, given, params) => {
    const { what = '' } = params
    const read = Object.hasOwn(reads, what) ? reads[what] : undefined
    return read
      ? read(ctx, given, params)
      : fail({ code: 'NOT_FOUND', message: `${place} has nothing of this name. Reload the page.` })
  })

/** Answers a question too long for an address: JSON, which whoever answers parses and judges. */
export const questionDoor =
  (read: (ctx: Ctx, question: unknown, params: Params) => Promise<Result<unknown>>, mostBytes?: number): Handler =>
  (request, context) =>
    answered(
      request,
      context,
      async (ctx, params) => {
        const body = await readBody(request, mostBytes)
        const question = body.ok ? parseObject(body.value) : body
        return question.ok ? read(ctx, question.value, params) : question
      },
      (value) => Response.json(value),
    )

export type File = { readonly name: string; readonly mime: string; readonly text: string }

/** Answers with a file to keep. */
export const fileDoor =
  (read: (ctx: Ctx, given: Given, params: Params) => Promise<Result<File>>): Handler =>
  (request, context) =>
    answered(
      request,
      context,
      (ctx, params) => read(ctx, new URL(request.url).searchParams, params),
      ({ name, mime, text }) =>
        new Response(text, {
          headers: {
            'content-type': `${mime}; charset=utf-8`,
            'content-disposition': `attachment; filename="${name}"`,
          },
        }),
    )
