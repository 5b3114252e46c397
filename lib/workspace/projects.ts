import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, query } from './operation'
import { ListProjects, ProjectId, ProjectName, RenameProject, type ProjectRow } from './schema'
import { isTaken } from './taken'
import { transact } from './transact'
import type { Ctx } from './context'

const absent = {
  code: 'NOT_FOUND',
  message: 'There is no such project here. Reload the page to see those there are.',
} as const
const sameName = {
  code: 'ALREADY_EXISTS',
  message: 'There is a project of this name already, perhaps an archived one. Choose another name.',
  fields: { name: ['There is a project of this name already, perhaps an archived one'] },
} as const

async function orSameName<T>(work: Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work
  } catch (error) {
    if (isTaken(error)) return fail(sameName)
    throw error
  }
}

/** The workspace's projects by name; with `archived`, those put away too. */
export const listProjects = query({
  can: 'project.read',
  input: ListProjects,
  async run({ db }, { archived }) {
    const rows: readonly ProjectRow[] = await db.project.findMany({
      where: archived ? {} : { archivedAt: null },
      select: { id: true, name: true, archivedAt: true },
      orderBy: { name: 'asc' },
      take: 1_000,
    })
    return ok(rows)
  },
})

/** Makes a project: a brand or client, to which posts and accounts may belong. */
export const createProject = operation({
  can: 'project.manage',
  input: ProjectName,
  run: (ctx, { name }) =>
    orSameName(
      transact(ctx, async ({ db, record }) => {
        const projectId = newId()
        await db.project.create({ data: { id: projectId, workspaceId: ctx.workspaceId, name } })
        record({ type: 'project.created', subject: { type: 'project', id: projectId }, particulars: { name } })
        return ok({ projectId })
      }),
    ),
})

export const renameProject = operation({
  can: 'project.manage',
  input: RenameProject,
  run: (ctx, { projectId, name }) =>
    orSameName(
      transact(ctx, async ({ db, record }) => {
        const project = await db.project.findFirst({ where: { id: projectId } })
        if (!project) return fail(absent)
        await db.project.update({ where: { id: projectId }, data: { name } })
        record({
          type: 'project.renamed',
          subject: { type: 'project', id: projectId },
          particulars: { from: project.name, name },
        })
        return ok({ projectId })
      }),
    ),
})

const setArchived = (ctx: Ctx, projectId: string, archivedAt: Date | null) =>
  transact(ctx, async ({ db, record }) => {
    const [project] = await db.project.updateManyAndReturn({
      where: { id: projectId },
      data: { archivedAt },
      select: { name: true },
    })
    if (!project) return fail(absent)
    record({
      type: archivedAt ? 'project.archived' : 'project.restored',
      subject: { type: 'project', id: projectId },
      particulars: { name: project.name },
    })
    return ok({ projectId })
  })

/** Puts a project away: it is no longer offered, and all that belongs to it stays. */
export const archiveProject = operation({
  can: 'project.manage',
  input: ProjectId,
  run: (ctx, { projectId }) => setArchived(ctx, projectId, now()),
})

/** Takes a project out of the archive. */
export const restoreProject = operation({
  can: 'project.manage',
  input: ProjectId,
  run: (ctx, { projectId }) => setArchived(ctx, projectId, null),
})
