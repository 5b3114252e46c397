import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { most, whyFull } from './bound'
import { whoUses } from './references'
import { noSuchVariable, unknownVariables } from './render'
import { orSameName } from './same-name'
import { ById, SaveReply, type SavedReplyCard } from './schema'

const noSuchSavedReply: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such saved reply here. Reload the page.',
}

/** All saved replies by name. */
export const listSavedReplies = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly SavedReplyCard[]>> {
    return ok(
      await db.savedReply.findMany({
        select: { id: true, name: true, text: true },
        orderBy: { name: 'asc' },
        take: most.savedReplies,
      }),
    )
  },
})

/** Keeps words for use again. A variable that there is none of is refused by its name. */
export const saveSavedReply = operation({
  can: 'inbox.manage',
  input: SaveReply,
  async run(ctx, { id, ...data }): Promise<Result<{ id: string }>> {
    const unknown = unknownVariables(data.text)
    if (unknown.length > 0) return fail(noSuchVariable(unknown))
    return orSameName('saved reply', () =>
      transact(ctx, async ({ db, record }) => {
        const replyId = id ?? newId()
        const full = id ? undefined : whyFull('savedReplies', await db.savedReply.count())
        if (full) return fail(full)
        if (!id)
          await db.savedReply.create({
            data: { id: replyId, workspaceId: ctx.workspaceId, ...data },
            select: { id: true },
          })
        else if ((await db.savedReply.updateMany({ where: { id }, data })).count === 0) return fail(noSuchSavedReply)
        record({
          type: id ? 'savedReply.changed' : 'savedReply.created',
          subject: { type: 'savedReply', id: replyId },
          particulars: { name: data.name },
        })
        return ok({ id: replyId })
      }),
    )
  },
})

export const deleteSavedReply = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const used = await whoUses(db, 'This saved reply', { savedReplyId: id })
      if (used) return fail(used)
      const { count } = await db.savedReply.deleteMany({ where: { id } })
      if (count === 0) return fail(noSuchSavedReply)
      record({ type: 'savedReply.deleted', subject: { type: 'savedReply', id } })
      return ok({ deleted: true })
    }),
})
