import { fail, ok, type Result } from '@/lib/core/result'
import type { Ctx } from '@/lib/workspace'

/** Says whether a project is one of this workspace; none at all is fine. */
export async function checkProject(ctx: Ctx, projectId: string | null | undefined): Promise<Result<void>> {
  if (!projectId || (await ctx.db.project.findUnique({ where: { id: projectId }, select: { id: true } })))
    return ok(undefined)
  return fail({ code: 'NOT_FOUND', message: 'There is no such project in this workspace. Choose another.' })
}
