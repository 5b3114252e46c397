import { z } from 'zod'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import { whoUses } from './references'
import { SaveDispositions, usualDispositions, type Dispositions, type MacroStep, type RuleAction } from './schema'

/** Why conversations end here, and whether people are asked. */
export const listDispositions = query({
  can: 'inbox.read',
  input: z.object({}),
  run: async (ctx): Promise<Result<Dispositions>> => ok(await dispositionsOf(ctx)),
})

async function dispositionsOf({ db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>): Promise<Dispositions> {
  const row = await db.dispositionSettings.findUnique({ where: { workspaceId }, select: { names: true, asks: true } })
  return row ?? { names: usualDispositions, asks: false }
}

/**
 * Changes why conversations may end, from the next one on: what ended before keeps its word. Not while a rule or macro ends
 * them for what is left out.
 */
export const saveDispositions = operation({
  can: 'inbox.manage',
  input: SaveDispositions,
  run: (ctx, { names, asks }): Promise<Result<{ saved: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const { workspaceId } = ctx
      const stay = new Set(names.map((name) => name.toLowerCase()))
      for (const reason of (await dispositionsOf({ db, workspaceId })).names) {
        const used = stay.has(reason.toLowerCase()) ? undefined : await whoUses(db, `“${reason}”`, { reason })
        if (used) return fail(used)
      }
      await db.dispositionSettings.upsert({
        where: { workspaceId },
        create: { workspaceId, names, asks },
        update: { names, asks },
        select: { workspaceId: true },
      })
      record({
        type: 'dispositions.changed',
        subject: { type: 'workspace', id: workspaceId },
        particulars: { names, asks },
      })
      return ok({ saved: true as const })
    }),
})

/** The workspace's own word for what somebody gave as the reason, in whatever case. Fails with the words there are. */
export async function dispositionNamed(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  given: string,
): Promise<Result<string, Failure>> {
  const { names } = await dispositionsOf(ctx)
  const found = names.find((name) => name.toLowerCase() === given.toLowerCase())
  return found
    ? ok(found)
    : fail({
        code: 'VALIDATION_ERROR',
        message: `“${given}” is no reason here. Choose one of: ${names.join(', ')}.`,
        fields: { disposition: [`must be one of: ${names.join(', ')}`] },
      })
}

/** Why a step cannot be kept: it ends conversations for a reason that is not one of the workspace's. */
export async function strangeReason(
  ctx: Pick<Ctx, 'db' | 'workspaceId'>,
  steps: readonly (RuleAction | MacroStep)[],
): Promise<Failure | undefined> {
  for (const step of steps) {
    if (step.do !== 'state' || step.disposition === undefined) continue
    const known = await dispositionNamed(ctx, step.disposition)
    if (!known.ok) return known.error
  }
  return undefined
}
