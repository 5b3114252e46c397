import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { toJson } from '@/lib/core/json'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact, type ScopedTx, type Work } from '@/lib/workspace'
import { isInReach } from './business-time'
import { dropClocks, markClocks } from './mark-clocks'
import { namedInConditions, strangers } from './references'
import { orSameName } from './same-name'
import { ById, Holidays, InOrder, PolicyConditions, SavePolicy, Week, type Calendar, type Policy } from './schema'

const noSuchPolicy: Failure = { code: 'NOT_FOUND', message: 'There is no such promise here. Reload the page.' }
const mostPolicies = 100

const inOrder = [{ position: 'asc' as const }, { id: 'asc' as const }]
const columns = {
  id: true,
  name: true,
  enabled: true,
  conditions: true,
  calendarId: true,
  firstReplyMinutes: true,
  resolutionMinutes: true,
  warnMinutes: true,
  pauseWaiting: true,
  pauseSnoozed: true,
} as const

/** `createdAt`: what was said before it was promised is not measured by it. */
export type PolicyInForce = Policy & { readonly calendar: Calendar | null; readonly createdAt: Date }

/** The promises that hold, in their order, each with its hours. Within a transaction, for who keeps the clocks. */
export async function policiesInForce({ db }: Pick<Work, 'db'>): Promise<readonly PolicyInForce[]> {
  const rows = await db.slaPolicy.findMany({
    where: { enabled: true },
    orderBy: inOrder,
    select: { ...columns, createdAt: true, calendar: { select: { timeZone: true, week: true, holidays: true } } },
  })
  return rows.map(({ calendar, ...row }) => ({
    ...row,
    conditions: PolicyConditions.parse(row.conditions),
    calendar: calendar && {
      timeZone: calendar.timeZone,
      week: Week.parse(calendar.week),
      holidays: Holidays.parse(calendar.holidays),
    },
  }))
}

/** All promises in their order. */
export const listPolicies = query({
  can: 'inbox.read',
  input: z.object({}),
  async run({ db }): Promise<Result<readonly Policy[]>> {
    const rows = await db.slaPolicy.findMany({ orderBy: inOrder, take: mostPolicies, select: columns })
    return ok(rows.map((row) => ({ ...row, conditions: PolicyConditions.parse(row.conditions) })))
  },
})

/**
 * Makes a promise, the last to be asked, or changes the one with the id. Clocks that run for it follow within moments, and
 * go where it is switched off or promises their kind no more; what was told of one already stays told. Others begin when
 * their conversation moves.
 */
export const savePolicy = operation({
  can: 'inbox.manage',
  input: SavePolicy,
  run: (ctx, { id, conditions, ...rest }): Promise<Result<{ id: string }>> =>
    orSameName('promise', () =>
      transact(ctx, async (work) => {
        const { db, record } = work
        const unknown =
          (await strangers(db, namedInConditions(conditions))) ??
          (await strangers(db, { calendarIds: rest.calendarId ? [rest.calendarId] : [] }))
        if (unknown) return fail(unknown)
        const tooFar = await whyTooFar(db, rest)
        if (tooFar) return fail(tooFar)
        const data = { ...rest, conditions: toJson(conditions) }
        const policyId = id ?? newId()
        if (id) {
          if ((await db.slaPolicy.updateMany({ where: { id }, data })).count === 0) return fail(noSuchPolicy)
          await markClocks(work, [id])
        } else {
          if ((await db.slaPolicy.count()) >= mostPolicies)
            return fail({
              code: 'CONFLICT',
              message: `There are ${mostPolicies} promises already. Delete one first.`,
            })
          const last = await db.slaPolicy.findFirst({ orderBy: { position: 'desc' }, select: { position: true } })
          await db.slaPolicy.create({
            data: { id: policyId, workspaceId: ctx.workspaceId, position: (last?.position ?? 0) + 1, ...data },
            select: { id: true },
          })
        }
        if (!rest.enabled) await dropClocks(work, { policyId })
        record({
          type: id ? 'promise.changed' : 'promise.created',
          subject: { type: 'promise', id: policyId },
          particulars: { name: rest.name, enabled: rest.enabled },
        })
        return ok({ id: policyId })
      }),
    ),
})

type Minutes = Pick<Policy, 'calendarId' | 'firstReplyMinutes' | 'resolutionMinutes'>

/** Why nothing can be promised so: in these hours it would take longer than anybody waits. */
async function whyTooFar(db: ScopedTx, { calendarId, ...promised }: Minutes): Promise<Failure | undefined> {
  const hours =
    calendarId && (await db.businessCalendar.findUnique({ where: { id: calendarId }, select: { week: true } }))
  if (!hours) return undefined
  const week = Week.parse(hours.week)
  for (const field of ['firstReplyMinutes', 'resolutionMinutes'] as const) {
    const minutes = promised[field]
    if (minutes !== null && !isInReach({ week }, minutes))
      return {
        code: 'VALIDATION_ERROR',
        message: 'In these hours that would take more than ten years. Promise less time, or choose longer hours.',
        fields: { [field]: ['is more than ten years in these hours'] },
      }
  }
  return undefined
}

/** Says in what order promises are asked: the first that fits holds. All of them must be named. */
export const orderPolicies = operation({
  can: 'inbox.manage',
  input: InOrder,
  run: (ctx, { ids }): Promise<Result<{ ordered: number }>> =>
    transact(ctx, async ({ db, record }) => {
      const known = await db.slaPolicy.findMany({ select: { id: true } })
      if (known.length !== new Set(ids).size || known.some(({ id }) => !ids.includes(id)))
        return fail({
          code: 'CONFLICT',
          message: 'The promises have changed meanwhile. Reload the page and try again.',
        })
      for (const [position, id] of ids.entries())
        await db.slaPolicy.updateMany({ where: { id }, data: { position: position + 1 } })
      record({ type: 'promises.ordered', subject: { type: 'workspace', id: ctx.workspaceId } })
      return ok({ ordered: ids.length })
    }),
})

/** Takes a promise back, and the clocks that still ran for it; what was kept or broken stays written. */
export const deletePolicy = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async (work) => {
      const { db, record } = work
      const policy = await db.slaPolicy.findUnique({ where: { id }, select: { name: true } })
      if (!policy) return fail(noSuchPolicy)
      await dropClocks(work, { policyId: id })
      await db.slaPolicy.deleteMany({ where: { id } })
      record({ type: 'promise.deleted', subject: { type: 'promise', id }, particulars: { name: policy.name } })
      return ok({ deleted: true })
    }),
})
