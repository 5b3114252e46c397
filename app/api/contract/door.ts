import { z } from 'zod'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { explainIssues, refusal, type Ctx } from '@/lib/workspace'
import { apiRoute, type Asked } from '../answer'
import { judging, type Endpoint } from './endpoint'

type Parsed<E extends Endpoint> = {
  readonly params: z.output<E['params']>
  readonly query: z.output<E['query']>
  readonly body: E['body'] extends z.ZodObject | 'bytes' | undefined ? z.output<Extract<E['body'], z.ZodObject>> : never
}
type Answer = { readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }

/**
 * The handler of a described endpoint: parses what it takes, runs, and answers as described. Whoever lacks the scope is
 * told so before anything that they sent is judged.
 */
export const serves = <E extends Endpoint, T>(
  endpoint: E,
  run: (ctx: Ctx, given: Parsed<E>) => Promise<Result<T>>,
  answer: (value: T, asked: Asked) => Answer,
) =>
  Object.assign(
    apiRoute({
      async run(ctx: Ctx, asked: Asked): Promise<Result<T>> {
        const refused = endpoint.scope && refusal(ctx, endpoint.scope)
        if (refused) return fail(refused)
        const given = parse(endpoint, asked)
        if (!given.ok) return given
        // Parsed by the very schemas that the type is read from.
        const result = await run(ctx, given.value as Parsed<E>)
        return result.ok ? result : fail(inOurWords(result.error))
      },
      mostBytes: endpoint.mostBytes,
      input: (asked) => asked,
      answer(value, asked) {
        const { body, headers } = answer(value, asked)
        return Response.json(body, { status: endpoint.status, ...(headers ? { headers } : {}) })
      },
    }),
    { endpoint },
  )

function parse({ params, query, body }: Endpoint, asked: Asked): Result<unknown> {
  const given: Record<string, unknown> = {}
  for (const [part, schema, raw] of [
    ['params', params, asked.params],
    ['query', query, queryOf(asked.query, query)],
    ['body', body === 'bytes' ? undefined : body, asked.body],
  ] as const) {
    if (!schema) continue
    const read = schema.safeParse(raw, judging)
    if (!read.success) return fail(explainIssues(read.error))
    given[part] = read.data
  }
  return ok(given)
}

/** A list may be repeated (`status=draft&status=scheduled`) or have commas; what is no list stands there once. */
function queryOf(query: URLSearchParams, { shape }: z.ZodObject): Record<string, unknown> {
  const names = new Set([...query.keys()].filter((name) => name !== 'workspace'))
  return Object.fromEntries(
    [...names].map((name) => {
      const given = query.getAll(name)
      if (isList(shape[name])) return [name, given.flatMap((one) => one.split(',')).filter(Boolean)]
      return [name, given.length === 1 ? given[0] : given]
    }),
  )
}

const isList = (schema: unknown): boolean =>
  schema instanceof z.ZodOptional ? isList(schema.unwrap()) : schema instanceof z.ZodArray

/** Rooms have names of their own for some fields; whoever called used ours. */
const ourNames: Readonly<Record<string, string>> = { when: 'scheduledAt', targets: 'platforms', mediaIds: 'media' }

function inOurWords(failure: Failure): Failure {
  if (!failure.fields) return failure
  const fields = Object.entries(failure.fields).map(([name, problems]) => {
    const [first = '', ...rest] = name.split('.')
    return [[ourNames[first] ?? first, ...rest].join('.'), problems]
  })
  return { ...failure, fields: Object.fromEntries(fields) }
}
