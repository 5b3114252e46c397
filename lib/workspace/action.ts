import 'server-only'
import type { z } from 'zod'
import type { Result } from '@/lib/core/result'
import { withTrail } from '@/lib/core/log'
import { newId } from '@/lib/core/ids'
import type { Operation } from './operation'
import { enter } from './session'

/** Lets the browser call an operation: takes the workspace's slug from the address, the person from the session. */
export const asAction =
  <I extends z.ZodType, T>(op: Operation<I, T>) =>
  async (workspace: string, input: z.input<I>): Promise<Result<T>> =>
    withTrail({ requestId: newId() }, async () => {
      const ctx = await enter(workspace)
      return ctx.ok ? op(ctx.value, input) : ctx
    })
