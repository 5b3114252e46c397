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

/** What is counted at a door. Hashed, so that the table of counts is no list of addresses. */
export const keysOf = ({ ip }: Visitor, by: string | undefined): readonly string[] => [
  sha256(ip),
  ...(by === undefined ? [] : [sha256(by)]),
]

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
 * It cannot be declared without naming the door whose rate limit guards it. `by` adds what is counted besides the address.
 */
export function visitorOperation<I extends z.ZodType, T>(spec: {
  door: Door
  input: I
  by?(input: z.output<I>): string
  run(visitor: Visitor, input: z.output<I>): Promise<Result<T>>
}): VisitorOperation<I, T> {
  const call = async (visitor: Visitor, raw: z.input<I>): Promise<Result<T>> => {
    const input = spec.input.safeParse(cleaned(raw), { reportInput: true })
    if (!input.success) return fail(explainIssues(input.error))
    for (const key of keysOf(visitor, spec.by?.(input.data))) {
      const passage = await pass(spec.door, key)
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
