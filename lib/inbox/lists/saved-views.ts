import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { isTaken, operation, query, refusal, transact, type Ctx } from '@/lib/workspace'
import { queriesOf } from './look-for'
import { countSaying } from './saying'
import { SaveView, SavedViewId, type SavedViewCard } from '../schema'

const noSuchView: Failure = { code: 'NOT_FOUND', message: 'There is no such view here. Reload the inbox.' }
const taken: Failure = {
  code: 'ALREADY_EXISTS',
  message: 'There is a view of this name already. Choose another name.',
  fields: { name: ['is taken already'] },
}
/** For each person, and for everybody: each is counted whenever the inbox is opened. */
const mostViews = 20
const mostCounted = 1_000

/** Everybody's views of words, and one's own, by name; each with how much is in it, to at most 1,000. */
export const listSavedViews = query({
  can: 'inbox.read',
  input: z.object({}),
  async run(ctx): Promise<Result<readonly SavedViewCard[]>> {
    const rows = await ctx.db.savedView.findMany({
      where: { OR: [{ memberId: null }, { memberId: ctx.actor.id }] },
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
    })
    const queries = await queriesOf(
      ctx,
      rows.map(({ words }) => words),
    )
    const wanted = new Map(rows.map(({ id }, n) => [id, queries[n]]))
    const counts = await countSaying(ctx, wanted, mostCounted)
    return ok(
      rows.map(({ id, name, words, memberId }) => ({
        id,
        name,
        words,
        isShared: memberId === null,
        count: counts.get(id) ?? 0,
      })),
    )
  },
})

/** Those one may change: one's own, and everybody's for who sets up the inbox. */
const within = (ctx: Ctx) => ({
  OR: [{ memberId: ctx.actor.id }, ...(refusal(ctx, 'inbox.manage') ? [] : [{ memberId: null }])],
})

/** Makes a view of words, for oneself or for everybody, or changes the one with the id. */
export const saveView = operation({
  can: 'inbox.read',
  input: SaveView,
  async run(ctx, { id, name, words, isShared }): Promise<Result<{ id: string }>> {
    const refused = isShared ? refusal(ctx, 'inbox.manage') : ctx.actor.kind === 'member' ? undefined : nobody
    if (refused) return fail(refused)
    const data = { name, words, memberId: isShared ? null : ctx.actor.id }
    const viewId = id ?? newId()
    try {
      return await transact(ctx, async ({ db, record }) => {
        if (id) {
          const { count } = await db.savedView.updateMany({ where: { id, ...within(ctx) }, data })
          if (count === 0) return fail(noSuchView)
        } else {
          if ((await db.savedView.count({ where: { memberId: data.memberId } })) >= mostViews)
            return fail({ code: 'QUOTA_EXCEEDED', message: `There are ${mostViews} such views. Remove one first.` })
          await db.savedView.create({
            data: { id: viewId, workspaceId: ctx.workspaceId, ...data },
            select: { id: true },
          })
        }
        record({
          type: id ? 'view.changed' : 'view.created',
          subject: { type: 'view', id: viewId },
          particulars: { name, isShared },
        })
        return ok({ id: viewId })
      })
    } catch (error) {
      if (!isTaken(error)) throw error
      return fail(taken)
    }
  },
})

const nobody: Failure = {
  code: 'FORBIDDEN',
  message: 'An API key has no views of its own. Make one for everybody, with isShared.',
}

/** Takes a view away; what is in it stays. */
export const deleteView = operation({
  can: 'inbox.read',
  input: SavedViewId,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const { count } = await db.savedView.deleteMany({ where: { id, ...within(ctx) } })
      if (count === 0) return fail(noSuchView)
      record({ type: 'view.deleted', subject: { type: 'view', id } })
      return ok({ deleted: true as const })
    }),
})
