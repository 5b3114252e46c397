import { z } from 'zod'
import { ok } from '@/lib/core/result'
import { operation, query } from './operation'
import { UpdateWorkspace } from './schema'
import { transactUnscoped } from './transact'

/** What the workspace is set to, with the address it has. */
export const readSettings = query({
  can: 'settings.view',
  input: z.object({}),
  run: async ({ workspace }) => ok(workspace),
})

/**
 * Changes the workspace's name, zone, first day of the week and late policy. Its address stays, so links keep working.
 * Scheduled posts keep their instant when the zone changes.
 */
export const updateWorkspace = operation({
  can: 'settings.update',
  input: UpdateWorkspace,
  async run({ workspaceId, workspace, actor }, given) {
    const changes = Object.fromEntries(
      Object.entries(given)
        // The keys of what is given are those of UpdateWorkspace, all of which the context has.
        .map(([name, to]) => [name, { from: workspace[name as keyof typeof given], to }] as const)
        .filter(([, { from, to }]) => from !== to),
    )
    if (Object.keys(changes).length === 0) return ok({ changed: false })
    await transactUnscoped(async ({ db, record }) => {
      await db.workspace.update({ where: { id: workspaceId }, data: given })
      record(workspaceId, actor, {
        type: 'workspace.updated',
        subject: { type: 'workspace', id: workspaceId },
        particulars: { changes },
      })
    })
    return ok({ changed: true })
  },
})
