import 'server-only'
import { headers } from 'next/headers'
import type { z } from 'zod'
import type { Result } from '@/lib/core/result'
import { withTrail } from '@/lib/core/log'
import { newId } from '@/lib/core/ids'
import type { Operation } from './operation'
import { enter, visitor } from './session'
import type { VisitorOperation } from './visitor'

/** The id proxy.ts gave the request, so that its log lines and the change's event are found by what the answer says. */
const askedBy = async (): Promise<string> => (await headers()).get('x-request-id') ?? newId()

/** Lets the browser call an operation: takes the workspace's slug from the address, the person from the session. */
export const asAction =
  <I extends z.ZodType, T>(op: Operation<I, T>) =>
  async (workspace: string, input: z.input<I>): Promise<Result<T>> =>
    withTrail({ requestId: await askedBy() }, async () => {
      const ctx = await enter(workspace)
      return ctx.ok ? op(ctx.value, input) : ctx
    })

/** Lets the browser of someone who is in no workspace, perhaps not signed in, call a visitor's operation. */
export const asVisitorAction =
  <I extends z.ZodType, T>(op: VisitorOperation<I, T>) =>
  async (input: z.input<I>): Promise<Result<T>> =>
    withTrail({ requestId: await askedBy() }, async () => op(await visitor(), input))
