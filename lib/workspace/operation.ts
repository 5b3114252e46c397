import '@/lib/core/issue-words'
import { z } from 'zod'
import { cleaned } from '@/lib/core/clean'
import { fail, type Failure, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { may, permissionLabels, whomToAsk, type Permission } from './permissions'

const made = Symbol.for('posthorn.operation')

export type Operation<I extends z.ZodType = z.ZodType, T = unknown> = ((
  ctx: Ctx,
  input: z.input<I>,
) => Promise<Result<T>>) & {
  readonly can: Permission
  readonly input: I
}

/** Puts zod's issues into the words of a failure. The first problem is in the message, all are in `fields`. */
export function explainIssues(error: z.ZodError): Failure {
  // A key may be named as what every object has.
  const fields: Record<string, string[]> = Object.create(null)
  for (const { path, message, ...issue } of error.issues) {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...path, key]) : [path]
    for (const name of names) (fields[name.join('.') || 'input'] ??= []).push(message)
  }
  const missing = error.issues.every((issue) => issue.input === undefined)
  const [name, problems] = Object.entries(fields)[0] ?? ['input', ['is not valid']]
  return {
    code: missing ? 'MISSING_REQUIRED_FIELD' : 'VALIDATION_ERROR',
    message: `${name}: ${problems[0]}. Correct it and try again.`,
    fields,
  }
}

/** Why this actor may not; undefined when it may. For operations whose input decides what they do. */
export function refusal(ctx: Ctx, can: Permission): Failure | undefined {
  if (!may(ctx.role, can))
    return {
      code: 'FORBIDDEN',
      message: `Your role (${ctx.role}) may not do this: ${permissionLabels[can].toLowerCase()}. ${whomToAsk(can, ctx.workspace.name)}`,
    }
  if (ctx.actor.kind === 'api_key' && !ctx.actor.scopes.includes(can))
    return { code: 'FORBIDDEN', message: `This API key lacks the scope ${can}. Create a key that has it.` }
  return undefined
}

/**
 * Declares something the product does. It cannot be declared without saying who may do it, nor run without the check.
 * Texts it is given are cleaned first, whoever calls: screens, the API, an import, what networks say.
 */
export function operation<I extends z.ZodType, T>(spec: {
  can: Permission
  input: I
  run(ctx: Ctx, input: z.output<I>): Promise<Result<T>>
}): Operation<I, T> {
  const call = async (ctx: Ctx, raw: z.input<I>): Promise<Result<T>> => {
    const refused = refusal(ctx, spec.can)
    if (refused) return fail(refused)
    const input = spec.input.safeParse(cleaned(raw), { reportInput: true })
    if (!input.success) return fail(explainIssues(input.error))
    return spec.run(ctx, input.data)
  }
  return Object.assign(call, { can: spec.can, input: spec.input, [made]: true })
}

/** An operation that only reads. Pages and route handlers call it; it never changes a row. */
export const query = operation

export const isOperation = (value: unknown): value is Operation => typeof value === 'function' && made in value
