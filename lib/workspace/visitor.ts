import { z } from 'zod'
import { cleaned } from '@/lib/core/clean'
import { sha256 } from '@/lib/core/crypto'
import { pass, type Door } from '@/lib/core/rate'
import { fail, type Result } from '@/lib/core/result'
import { explainIssues } from './operation'

/** Someone at the door: no workspace, perhaps no session. */
export type Visitor = {
  readonly ip: string
  readonly userAgent: string
  readonly userId?: string
  readonly sessionId?: string
}

/** What somebody typed that is counted from all addresses together, and the door where it is. */
type Anywhere<I> = { readonly door: Door; by(input: I): string }

/**
 * Where a visit is counted, the narrowest first: what is refused there counts nowhere else. Hashed, so that the table of
 * counts is no list of addresses. What was typed has a wide door of its own: whoever knows somebody's email could
 * otherwise close the narrow one before them.
 */
export const countsOf = (door: Door, { ip }: Visitor, anywhere?: readonly [Door, string]) =>
  [[door, sha256(ip)], ...(anywhere ? [[anywhere[0], sha256(anywhere[1])] as const] : [])] as const

const made = Symbol.for('posthorn.visitorOperation')

export type VisitorOperation<I extends z.ZodType = z.ZodType, T = unknown> = ((
  visitor: Visitor,
  input: z.input<I>,
) => Promise<Result<T>>) & {
  readonly door: Door
  readonly input: I
}

/**
 * What may be done without being in a workspace: signing up, resetting a password, accepting an invitation.
 * It cannot be declared without naming the door whose rate limit guards it. `anywhere` is counted besides
 * the address.
 */
export function visitorOperation<I extends z.ZodType, T>(spec: {
  door: Door
  input: I
  anywhere?: Anywhere<z.output<I>>
  run(visitor: Visitor, input: z.output<I>): Promise<Result<T>>
}): VisitorOperation<I, T> {
  const call = async (visitor: Visitor, raw: z.input<I>): Promise<Result<T>> => {
    const input = spec.input.safeParse(cleaned(raw), { reportInput: true })
    if (!input.success) return fail(explainIssues(input.error))
    const { anywhere } = spec
    const typed = anywhere && ([anywhere.door, anywhere.by(input.data)] as const)
    for (const [door, key] of countsOf(spec.door, visitor, typed)) {
      const passage = await pass(door, key)
      if (!passage.open)
        return fail({
          code: 'RATE_LIMIT_EXCEEDED',
          message: `Too many tries. Wait until ${passage.resetAt.toISOString().slice(11, 16)} UTC and try again.`,
          retryAt: passage.resetAt,
        })
    }
    return spec.run(visitor, input.data)
  }
  return Object.assign(call, { door: spec.door, input: spec.input, [made]: true })
}

export const isVisitorOperation = (value: unknown): boolean => typeof value === 'function' && made in value
