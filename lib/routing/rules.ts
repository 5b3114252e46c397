import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact, type Work } from '@/lib/workspace'
import { strangeReason } from './dispositions'
import { namedInConditions, namedInSteps, strangers } from './references'
import { orSameName } from './same-name'
import { ById, InOrder, RuleAction, RuleConditions, ruleMoments, SaveRule, type Rule, type RuleCard } from './schema'

const noSuchRule: Failure = { code: 'NOT_FOUND', message: 'There is no such rule here. Reload the page.' }
/** Every rule is asked for every message: more than this is a list nobody oversees. */
const mostRules = 200

const inOrder = [{ position: 'asc' as const }, { id: 'asc' as const }]
const columns = {
  id: true,
  name: true,
  enabled: true,
  moment: true,
  conditions: true,
  actions: true,
  stops: true,
} as const
const Kept = z.object({
  moment: z.enum(ruleMoments),
  conditions: RuleConditions,
  actions: z.array(RuleAction),
})

/** The rules that are asked, in their order. Within a transaction, for who applies them. */
export async function rulesInForce({ db }: Pick<Work, 'db'>): Promise<readonly Rule[]> {
  const rows = await db.routingRule.findMany({ where: { enabled: true }, orderBy: inOrder, select: columns })
  return rows.map((row) => ({ ...row, ...Kept.parse(row) }))
}

/** All rules in their order, with how often each fired. */
export const listRules = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly RuleCard[]>> {
    const rows = await db.routingRule.findMany({ orderBy: inOrder, take: mostRules, select: columns })
    const fired = await db.ruleFiring.groupBy({
      by: ['ruleId'],
      _count: { _all: true },
      _max: { at: true },
      orderBy: { ruleId: 'asc' },
    })
    const of = new Map(fired.map((each) => [each.ruleId, each]))
    return ok(
      rows.map((row) => ({
        ...row,
        ...Kept.parse(row),
        fired: of.get(row.id)?._count._all ?? 0,
        lastFiredAt: of.get(row.id)?._max.at?.toISOString() ?? null,
      })),
    )
  },
})

/** Makes a rule, the last to be asked, or changes the one with the id. It is asked from the next message on. */
export const saveRule = operation({
  can: 'inbox.manage',
  input: SaveRule,
  run: (ctx, { id, conditions, actions, ...rest }): Promise<Result<{ id: string }>> =>
    orSameName('rule', () =>
      transact(ctx, async ({ db, record }) => {
        const unknown =
          (await strangers(db, namedInConditions(conditions))) ??
          (await strangers(db, namedInSteps(actions))) ??
          (await strangeReason(ctx, actions))
        if (unknown) return fail(unknown)
        const data = { ...rest, conditions: toJson(conditions), actions: toJson({ actions }).actions ?? [] }
        const ruleId = id ?? newId()
        if (id) {
          if ((await db.routingRule.updateMany({ where: { id }, data })).count === 0) return fail(noSuchRule)
        } else {
          if ((await db.routingRule.count()) >= mostRules)
            return fail({ code: 'CONFLICT', message: `There are ${mostRules} rules already. Delete one first.` })
          const last = await db.routingRule.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
          await db.routingRule.create({
            data: { id: ruleId, workspaceId: ctx.workspaceId, position: (last?.position ?? 0) + 1, ...data },
            select: { id: true },
          })
        }
        record({
          type: id ? 'rule.changed' : 'rule.created',
          subject: { type: 'rule', id: ruleId },
          particulars: { name: rest.name, enabled: rest.enabled },
        })
        return ok({ id: ruleId })
      }),
    ),
})

/** Says in what order rules are asked. All of them must be named. */
export const orderRules = operation({
  can: 'inbox.manage',
  input: InOrder,
  run: (ctx, { ids }): Promise<Result<{ ordered: number }>> =>
    transact(ctx, async ({ db, record }) => {
      const known = await db.routingRule.findMany({ select: { id: true } })
      if (known.length !== new Set(ids).size || known.some(({ id }) => !ids.includes(id)))
        return fail({ code: 'CONFLICT', message: 'The rules have changed meanwhile. Reload the page and try again.' })
      for (const [position, id] of ids.entries())
        await db.routingRule.updateMany({ where: { id }, data: { position: position + 1 } })
      record({ type: 'rules.ordered', subject: { type: 'workspace', id: ctx.workspaceId } })
      return ok({ ordered: ids.length })
    }),
})

export const deleteRule = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const rule = await db.routingRule.findUnique({ where: { id }, select: { name: true } })
      if (!rule) return fail(noSuchRule)
      await db.routingRule.deleteMany({ where: { id } })
      record({ type: 'rule.deleted', subject: { type: 'rule', id }, particulars: { name: rule.name } })
      return ok({ deleted: true })
    }),
})
