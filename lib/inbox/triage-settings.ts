import type { Ctx } from '@/lib/workspace'
import { TriageFactors } from './schema'
import { defaultFactors } from './score'

/** How this workspace weighs what comes in: its own rules, or those everyone begins with. */
export async function triageFactors({ db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>): Promise<TriageFactors> {
  const row = await db.triageSettings.findUnique({ where: { workspaceId }, select: { factors: true } })
  return row ? TriageFactors.parse(row.factors) : defaultFactors
}

/** Seconds in which a reply can be taken back before it is sent. */
export async function undoSeconds({ db, workspaceId }: Pick<Ctx, 'db' | 'workspaceId'>): Promise<number> {
  const row = await db.triageSettings.findUnique({ where: { workspaceId }, select: { undoSeconds: true } })
  return row?.undoSeconds ?? 10
}
