import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { z } from 'zod'
import { most, whyFull } from './bound'
import { orSameName } from './same-name'
import { ById, labelColours, SaveLabel, type LabelCard } from './schema'
import { whoUses } from './references'

const noSuchLabel: Failure = { code: 'NOT_FOUND', message: 'There is no such label here. Reload the page.' }
const Colour = z.enum(labelColours).catch('grey')

/** All labels, by name. */
export const listLabels = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly LabelCard[]>> {
    const rows = await db.label.findMany({
      select: { id: true, name: true, colour: true },
      orderBy: { name: 'asc' },
      take: most.labels,
    })
    return ok(rows.map((row) => ({ ...row, colour: Colour.parse(row.colour) })))
  },
})

/** Makes a label, or changes the one with the id. */
export const saveLabel = operation({
  can: 'inbox.manage',
  input: SaveLabel,
  run: (ctx, { id, ...data }): Promise<Result<{ id: string }>> =>
    orSameName('label', () =>
      transact(ctx, async ({ db, record }) => {
        const full = id ? undefined : whyFull('labels', await db.label.count())
        if (full) return fail(full)
        const saved = id
          ? await db.label.updateManyAndReturn({ where: { id }, data, select: { id: true } })
          : [
              await db.label.create({
                data: { id: newId(), workspaceId: ctx.workspaceId, ...data },
                select: { id: true },
              }),
            ]
        const [label] = saved
        if (!label) return fail(noSuchLabel)
        record({
          type: id ? 'label.changed' : 'label.created',
          subject: { type: 'label', id: label.id },
          particulars: { name: data.name },
        })
        return ok({ id: label.id })
      }),
    ),
})

/** Takes a label away from everything that has it. Not while a rule or macro gives it. */
export const deleteLabel = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const used = await whoUses(db, 'This label', { labelId: id })
      if (used) return fail(used)
      const label = await db.label.findUnique({ where: { id }, select: { name: true } })
      if (!label) return fail(noSuchLabel)
      await db.label.deleteMany({ where: { id } })
      record({ type: 'label.deleted', subject: { type: 'label', id }, particulars: { name: label.name } })
      return ok({ deleted: true })
    }),
})
