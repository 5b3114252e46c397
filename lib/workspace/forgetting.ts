import type { z } from 'zod'
import { inMs } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { operation, type Operation } from './operation'
import type { Permission } from './permissions'
import type { Sweep } from './system'

/** So many rows of a workspace go at once. */
const atOnce = 1_000

type Old<I extends z.ZodType, Where extends object> = {
  readonly can: Permission
  /** What a job says of the row it was made for. */
  readonly input: I
  readonly name: string
  readonly model: ReturnType<Sweep['find']>['model']
  readonly keptMs: number
  /** Which rows are over, where what came before `then` is old. */
  readonly over: (then: Date) => Where
  readonly orderBy: object
  readonly remove: (ctx: Ctx, rows: { readonly where: Where; readonly limit: number }) => Promise<{ count: number }>
}

/** Rows whose time is over: the sweep that finds them, and what forgets one and along with it up to a thousand of its workspace that are as old. */
export function forgetting<I extends z.ZodType, Where extends object>({
  can,
  input,
  name,
  model,
  keptMs,
  over,
  orderBy,
  remove,
}: Old<I, Where>): { readonly old: Sweep; readonly forget: Operation<I, { forgotten: number }> } {
  const where = (at?: Date) => over(inMs(-keptMs, at))
  return {
    old: { name, find: (at) => ({ model, where: where(at), orderBy }) },
    forget: operation({
      can,
      input,
      async run(ctx): Promise<Result<{ forgotten: number }>> {
        const { count } = await remove(ctx, { where: where(), limit: atOnce })
        return ok({ forgotten: count })
      },
    }),
  }
}
