import { z } from 'zod'
import { everyPage } from '@/lib/core/every-page'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf, type Platform } from '@/lib/platforms'
import { query } from '@/lib/workspace'
import { judgedAccount } from './judge'
import type { TargetAccount } from '../schema'

/** The accounts a post can be written for, each with what its network allows: what the composer needs to judge live. */
export const listTargets = query({
  can: 'account.read',
  input: z.object({ projectId: z.string().max(64).optional() }),
  async run(ctx, { projectId }): Promise<Result<readonly TargetAccount[]>> {
    const rows = await everyPage((after, take) =>
      ctx.db.account.findMany({
        where: { id: { gt: after }, state: { not: 'disconnected' }, ...(projectId ? { projectId } : {}) },
        orderBy: { id: 'asc' },
        take,
        select: {
          id: true,
          platform: true,
          method: true,
          traits: true,
          kind: true,
          handle: true,
          displayName: true,
          avatarUrl: true,
          projectId: true,
          state: true,
          slots: { select: { id: true }, take: 1 },
        },
      }),
    )
    return ok(
      rows
        .filter(isForPosts)
        .toSorted(byName)
        .map(({ slots, state, method, traits, ...row }) => ({
          ...row,
          ...judgedAccount({ ...row, method, traits }),
          hasSlots: slots.length > 0,
          needsReconnect: state === 'needs_reconnect',
          isAskable: isAskable(adapterOf({ ...row, method })),
        })),
    )
  },
})

const byName = (a: Named, b: Named): number => a.platform.localeCompare(b.platform) || a.handle.localeCompare(b.handle)
type Named = { readonly platform: string; readonly handle: string }

const isAskable = ({ precheck, quota }: Platform): boolean => precheck !== undefined || quota !== undefined

/** An account that only answers is offered nowhere for posts. */
const isForPosts = (account: { readonly platform: string; readonly method: string }): boolean =>
  !adapterOf(account).limits.answersOnly
