import { z } from 'zod'
import { toJson } from '@/lib/core/json'
import { ok, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import { SaveTriage, TriageFactors } from '../schema'
import { defaultFactors } from './score'

/** Seconds in which a reply can be taken back, where nobody said otherwise. */
const usualUndoSeconds = 10

/**
 * How this workspace weighs what comes in: its own rules, or those everyone begins with. What came to be told apart after
 * it saved its own weighs as everyone's.
 */
export async function triageFactors({ db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>): Promise<TriageFactors> {
  const row = await db.triageSettings.findUnique({ where: { workspaceId }, select: { factors: true } })
  if (!row) return defaultFactors
  const own = TriageFactors.parse(row.factors)
  return {
    ...own,
    intents: { ...defaultFactors.intents, ...own.intents },
    kinds: { ...defaultFactors.kinds, ...own.kinds },
    lead: { ...defaultFactors.lead, ...own.lead },
  }
}

/** Seconds in which a reply can be taken back before it is sent. */
export async function undoSeconds({ db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>): Promise<number> {
  const row = await db.triageSettings.findUnique({ where: { workspaceId }, select: { undoSeconds: true } })
  return row?.undoSeconds ?? usualUndoSeconds
}

/** How this workspace weighs what comes in, and what every workspace begins with. */
export const getTriage = query({
  can: 'inbox.read',
  input: z.object({}),
  run: async (ctx): Promise<Result<SaveTriage & { readonly defaults: TriageFactors }>> =>
    ok({ factors: await triageFactors(ctx), undoSeconds: await undoSeconds(ctx), defaults: defaultFactors }),
})

/** Changes how what comes in is weighed, from the next message on. */
export const saveTriage = operation({
  can: 'inbox.manage',
  input: SaveTriage,
  run: (ctx, { factors, undoSeconds: seconds }): Promise<Result<{ saved: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const { workspaceId } = ctx
      const data = { factors: toJson(factors), undoSeconds: seconds }
      await db.triageSettings.upsert({
        where: { workspaceId },
        create: { workspaceId, ...data },
        update: data,
        select: { workspaceId: true },
      })
      record({ type: 'triage.changed', subject: { type: 'workspace', id: workspaceId } })
      return ok({ saved: true })
    }),
})
