import type { z } from 'zod'
import type { Job } from '@/lib/core/queue'
import type { Result } from '@/lib/core/result'
import type { Ctx, Operation, Sweep } from '@/lib/workspace'

/** A job and what does it. `house` jobs belong to no workspace (mail, sealing): they get none. */
export type Route =
  | { readonly job: Job; readonly scope: 'workspace'; run(ctx: Ctx, payload: unknown): Promise<Result<unknown>> }
  | { readonly job: Job; readonly scope: 'house'; run(payload: unknown): Promise<Result<unknown>> }

/** Binds a job to the operation that does it. The payload of one must fit the input of the other. */
export const on = <P extends z.ZodType, I extends z.ZodType<unknown, z.output<P>>, T>(
  job: Job<P>,
  run: Operation<I, T>,
): Route => ({
  job: job as unknown as Job,
  scope: 'workspace',
  // The pairing above is what the queue's untyped payload is parsed against.
  run: (ctx, payload) => run(ctx, job.payload.parse(payload) as z.input<I>),
})

/** Binds a job that belongs to no workspace. */
export const onHouse = <P extends z.ZodType>(
  job: Job<P>,
  run: (payload: z.output<P>) => Promise<Result<unknown>>,
): Route => ({
  job: job as unknown as Job,
  scope: 'house',
  run: (payload) => run(job.payload.parse(payload)),
})

/** What the worker looks for in all workspaces, and the job that each row found is worth. */
export type SweepRoute = { readonly sweep: Sweep; readonly job: Job; payload(id: string): unknown }

export const find = <P extends z.ZodType>(
  sweep: Sweep,
  job: Job<P>,
  payload: (id: string) => z.input<P>,
): SweepRoute => ({ sweep, job: job as unknown as Job, payload })
