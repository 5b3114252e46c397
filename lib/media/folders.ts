import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { isTaken, operation, transact, type Ctx, type Work } from '@/lib/workspace'
import { CreateFolder, MoveFolder, OneFolder, RenameFolder } from './schema'

export const noSuchFolder = {
  code: 'NOT_FOUND',
  message: 'There is no such folder here. Somebody may have deleted it: choose another.',
} as const
const sameName = {
  code: 'ALREADY_EXISTS',
  message: 'There is a folder of this name here already. Choose another name.',
  fields: { name: ['There is a folder of this name here already'] },
} as const
/** How deep folders lie in one another. */
const mostLevels = 8
const tooDeep = {
  code: 'CONFLICT',
  message: `Folders lie in one another ${mostLevels} deep at most. Choose a place further up.`,
} as const

type Folder = { folderId: string }

async function change(ctx: Ctx, work: (w: Work) => Promise<Result<Folder>>): Promise<Result<Folder>> {
  try {
    return await transact(ctx, async (w) => {
      // One change of the tree at a time: two moves at once could make a circle that each alone does not.
      await w.db.mediaFolder.updateMany({ where: { parentId: null }, data: { parentId: null } })
      return work(w)
    })
  } catch (error) {
    if (isTaken(error)) return fail(sameName)
    throw error
  }
}

/** The folders from a place up to the top, that place first; undefined when it is not there. */
async function wayUp(db: Work['db'], from: string | null): Promise<readonly string[] | undefined> {
  const way: string[] = []
  for (let id = from; id !== null;) {
    const folder: { parentId: string | null } | null = await db.mediaFolder.findUnique({
      where: { id },
      select: { parentId: true },
    })
    if (!folder) return undefined
    way.push(id)
    id = folder.parentId
  }
  return way
}

export const createFolder = operation({
  can: 'media.organise',
  input: CreateFolder,
  run: (ctx, { name, parentId }) =>
    change(ctx, async ({ db, record }) => {
      const way = await wayUp(db, parentId)
      if (!way) return fail(noSuchFolder)
      if (way.length >= mostLevels) return fail(tooDeep)
      const folderId = newId()
      await db.mediaFolder.create({ data: { id: folderId, workspaceId: ctx.workspaceId, name, parentId } })
      record({ type: 'mediaFolder.created', subject: { type: 'mediaFolder', id: folderId }, particulars: { name } })
      return ok({ folderId })
    }),
})

export const renameFolder = operation({
  can: 'media.organise',
  input: RenameFolder,
  run: (ctx, { folderId, name }) =>
    change(ctx, async ({ db, record }) => {
      const folder = await db.mediaFolder.findUnique({ where: { id: folderId } })
      if (!folder) return fail(noSuchFolder)
      await db.mediaFolder.update({ where: { id: folderId }, data: { name } })
      record({
        type: 'mediaFolder.renamed',
        subject: { type: 'mediaFolder', id: folderId },
        particulars: { from: folder.name, name },
      })
      return ok({ folderId })
    }),
})

/** Puts a folder, with all that lies in it, into another or (null) at the top. */
export const moveFolder = operation({
  can: 'media.organise',
  input: MoveFolder,
  run: (ctx, { folderId, parentId }) =>
    change(ctx, async ({ db, record }) => {
      const [folder, way] = [await db.mediaFolder.findUnique({ where: { id: folderId } }), await wayUp(db, parentId)]
      if (!folder || !way) return fail(noSuchFolder)
      if (way.includes(folderId))
        return fail({ code: 'CONFLICT', message: 'A folder cannot lie in itself. Choose a place outside of it.' })
      if (way.length + (await depthOf(db, folderId)) > mostLevels) return fail(tooDeep)
      await db.mediaFolder.update({ where: { id: folderId }, data: { parentId } })
      record({
        type: 'mediaFolder.moved',
        subject: { type: 'mediaFolder', id: folderId },
        particulars: { name: folder.name },
      })
      return ok({ folderId })
    }),
})

/** How many levels a folder and what lies in it take. */
async function depthOf(db: Work['db'], folderId: string): Promise<number> {
  let level: readonly string[] = [folderId]
  for (let depth = 1; ; depth += 1) {
    const inside = await db.mediaFolder.findMany({ where: { parentId: { in: [...level] } }, select: { id: true } })
    if (inside.length === 0) return depth
    level = inside.map(({ id }) => id)
  }
}

/** Deletes a folder that is empty. */
export const deleteFolder = operation({
  can: 'media.organise',
  input: OneFolder,
  run: (ctx, { folderId }) =>
    change(ctx, async ({ db, record }) => {
      const folder = await db.mediaFolder.findUnique({
        where: { id: folderId },
        select: { name: true, _count: { select: { media: true, inside: true } } },
      })
      if (!folder) return fail(noSuchFolder)
      const { media, inside } = folder._count
      if (media + inside > 0)
        return fail({
          code: 'CONFLICT',
          message: `“${folder.name}” is not empty: ${media + inside === 1 ? 'one thing lies' : `${media + inside} things lie`} in it. Move or delete ${media + inside === 1 ? 'it' : 'them'} first.`,
        })
      await db.mediaFolder.delete({ where: { id: folderId } })
      record({
        type: 'mediaFolder.deleted',
        subject: { type: 'mediaFolder', id: folderId },
        particulars: { name: folder.name },
      })
      return ok({ folderId })
    }),
})
