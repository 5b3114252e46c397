import type { z } from 'zod'
import { fail, type Result } from '@/lib/core/result'
import { explainIssues } from './operation'
import { may, type Permission } from './permissions'

const made = Symbol.for('posthorn.upkeepOperation')

export type UpkeepOperation<I extends z.ZodType = z.ZodType, T = unknown> = ((
  input: z.input<I>,
) => Promise<Result<T>>) & {
  readonly can: Permission
  readonly input: I
}

/**
 * What the worker does for the installation as a whole, with no workspace: mail, keys. Only the worker's routes call it,
 * so only what the system itself may do can be declared.
 */
export function upkeepOperation<I extends z.ZodType, T>(spec: {
  can: Permission
  input: I
  run(input: z.output<I>): Promise<Result<T>>
}): UpkeepOperation<I, T> {
  if (!may('system', spec.can)) throw new Error(`${spec.can} is not the system's to do`)
  const call = async (raw: z.input<I>): Promise<Result<T>> => {
    const input = spec.input.safeParse(raw, { reportInput: true })
    return input.success ? spec.run(input.data) : fail(explainIssues(input.error))
  }
  return Object.assign(call, { can: spec.can, input: spec.input, [made]: true })
}

export const isUpkeepOperation = (value: unknown): value is UpkeepOperation =>
  typeof value === 'function' && made in value
