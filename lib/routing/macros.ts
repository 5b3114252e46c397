import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import { most, whyFull } from './bound'
import { strangeReason } from './dispositions'
import { namedInSteps, strangers } from './references'
import { orSameName } from './same-name'
import { ById, MacroStep, SaveMacro, type MacroCard } from './schema'

const Steps = z.array(MacroStep)
const noSuchMacro: Failure = { code: 'NOT_FOUND', message: 'There is no such macro here. Reload the page.' }

/** All macros by name. */
export const listMacros = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly MacroCard[]>> {
    const rows = await db.macro.findMany({
      select: { id: true, name: true, steps: true },
      orderBy: { name: 'asc' },
      take: most.macros,
    })
    return ok(rows.map((row) => ({ ...row, steps: Steps.parse(row.steps) })))
  },
})

export const getMacro = query({
  can: 'inbox.read',
  input: ById,
  async run({ db }, { id }): Promise<Result<MacroCard>> {
    const row = await db.macro.findUnique({ where: { id }, select: { id: true, name: true, steps: true } })
    return row ? ok({ ...row, steps: Steps.parse(row.steps) }) : fail(noSuchMacro)
  },
})

export const saveMacro = operation({
  can: 'inbox.manage',
  input: SaveMacro,
  run: (ctx, { id, name, steps }): Promise<Result<{ id: string }>> =>
    orSameName('macro', () =>
      transact(ctx, async ({ db, record }) => {
        const unknown = (await strangers(db, namedInSteps(steps))) ?? (await strangeReason(ctx, steps))
        if (unknown) return fail(unknown)
        const data = { name, steps: toJson({ steps }).steps ?? [] }
        const macroId = id ?? newId()
        const full = id ? undefined : whyFull('macros', await db.macro.count())
        if (full) return fail(full)
        if (!id)
          await db.macro.create({ data: { id: macroId, workspaceId: ctx.workspaceId, ...data }, select: { id: true } })
        else if ((await db.macro.updateMany({ where: { id }, data })).count === 0) return fail(noSuchMacro)
        record({
          type: id ? 'macro.changed' : 'macro.created',
          subject: { type: 'macro', id: macroId },
          particulars: { name },
        })
        return ok({ id: macroId })
      }),
    ),
})

export const deleteMacro = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const { count } = await db.macro.deleteMany({ where: { id } })
      if (count === 0) return fail(noSuchMacro)
      record({ type: 'macro.deleted', subject: { type: 'macro', id } })
      return ok({ deleted: true })
    }),
})
