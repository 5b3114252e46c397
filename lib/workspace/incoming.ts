import { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import { day, inMs, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import { handleIncomingJob } from './jobs'
import { operation } from './operation'
import type { Sweep } from './system'
import { together } from './together'
import { transactUnscoped } from './transact'
import { upkeepOperation } from './upkeep'

/** How long what was handled is kept, so that a late repetition is still recognised. */
const keptMs = 30 * day
/** The queue is given this long before the sweep looks. */
const queueMs = 30 * second

/** Most that one job handles along with its own: in a flood they share their statements. */
const alongside = 199
type Taken = {
  readonly id: string
  readonly platform: string
  readonly accountExternalId: string
  readonly type: string
}

/** One thing a network reported, already verified. `raw` is plain JSON. */
export type Incoming = {
  readonly externalId: string
  readonly type: string
  readonly accountExternalId: string
  readonly raw: unknown
  readonly published?: { readonly externalId: string; readonly url: string; readonly text: string; readonly at: string }
}

/**
 * Stores what a network reported, each event once by the network's own id however often and however concurrently it
 * comes, and queues what is new. Called by the webhook's route after the signature was verified.
 * @returns how many were new.
 */
export async function storeIncoming(platform: string, events: readonly Incoming[]): Promise<number> {
  return transactUnscoped(async ({ db, enqueue }) => {
    const fresh = await db.incomingEvent.createManyAndReturn({
      data: events.map(({ externalId, type, accountExternalId, raw, published }) => ({
        id: newId(),
        platform,
        externalId,
        type,
        accountExternalId,
        // It was parsed from JSON, so it is JSON.
        raw: { event: raw, ...(published ? { published } : {}) } as Prisma.InputJsonObject,
      })),
      skipDuplicates: true,
      select: { id: true },
    })
    for (const { id } of fresh) enqueue({ job: handleIncomingJob, payload: { incomingId: id }, key: id })
    return fresh.length
  })
}

/**
 * Tells every workspace that has the account, by an event `account.reported`; rooms above listen to it. The event and
 * the note that it was handled are one transaction, so nobody is told twice and nothing is lost.
 */
export const handleIncoming = upkeepOperation({
  can: 'incoming.handle',
  input: handleIncomingJob.payload,
  run: async ({ incomingId }) => {
    // Where many wait, most were handled along with another.
    if ((await prisma.incomingEvent.count({ where: { id: incomingId, handledAt: null } })) === 0) return ok({ told: 0 })
    const told = await transactUnscoped(async ({ db, record }) => {
      const taken = await db.$queryRaw<Taken[]>`
        with mine as (
          select id from "IncomingEvent" where id = ${incomingId} and "handledAt" is null for update skip locked
        ), others as (
          select id from "IncomingEvent" where "handledAt" is null and id <> ${incomingId}
          order by "receivedAt" limit ${alongside} for update skip locked
        )
        update "IncomingEvent" i set "handledAt" = ${now()}
        where i.id in (select id from mine union all select id from others)
        returning i.id, i.platform, i."accountExternalId", i.type`
      const accounts = await db.account.findMany({
        where: {
          platform: { in: [...new Set(taken.map(({ platform }) => platform))] },
          externalId: { in: [...new Set(taken.map(({ accountExternalId }) => accountExternalId))] },
          disconnectedAt: null,
        },
        select: { id: true, workspaceId: true, platform: true, externalId: true },
      })
      const named = Map.groupBy(accounts, ({ platform, externalId }) => `${platform} ${externalId}`)
      // In the order in which they came.
      for (const { id: reported, platform, accountExternalId, type } of taken.toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      ))
        for (const { id, workspaceId } of named.get(`${platform} ${accountExternalId}`) ?? [])
          record(
            workspaceId,
            { kind: 'system', id: handleIncomingJob.name },
            {
              type: 'account.reported',
              subject: { type: 'account', id },
              particulars: { incomingId: reported, platform, reported: type },
            },
          )
      return taken.length
    })
    await prisma.incomingEvent.deleteMany({ where: { handledAt: { lt: inMs(-keptMs) } } })
    return ok({ told })
  },
})

/** Stored, and handled by nobody: the queue lost it. */
export const unhandledIncoming: Sweep = {
  name: 'workspace.unhandledIncoming',
  find: (at) => ({
    model: 'incomingEvent',
    where: { handledAt: null, receivedAt: { lt: inMs(-queueMs, at) } },
    orderBy: { receivedAt: 'asc' },
  }),
}

const Published = z.object({ externalId: z.string(), url: z.string(), text: z.string(), at: z.string() })
const Raw = z.object({ event: z.unknown(), published: Published.optional() })

/** Those asked for at once are read with one statement. */
const readMany = together(async (ctx, ids: readonly string[]) => {
  const rows = await prisma.incomingEvent.findMany({ where: { id: { in: [...new Set(ids)] } } })
  const accounts = await ctx.db.account.findMany({
    where: { externalId: { in: [...new Set(rows.map(({ accountExternalId }) => accountExternalId))] } },
    select: { id: true, platform: true, externalId: true },
  })
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byId.get(id)
    const account = accounts.find((one) => one.platform === row?.platform && one.externalId === row.accountExternalId)
    return { row, account }
  })
})

/** What a network reported about one of this workspace's accounts, for those who heard `account.reported`. */
export const readIncoming = operation({
  can: 'incoming.handle',
  input: z.object({ incomingId: z.string() }),
  async run(ctx, { incomingId }) {
    const { row, account } = await readMany(ctx, incomingId)
    if (!row || !account)
      return fail({ code: 'NOT_FOUND', message: 'No network reported this about an account of this workspace.' })
    const { event, published } = Raw.parse(row.raw)
    const { platform, type, externalId, receivedAt } = row
    return ok({
      accountId: account.id,
      platform,
      type,
      externalId,
      receivedAt,
      event,
      ...(published ? { published } : {}),
    })
  },
})

/**
 * Blanks what networks reported to this workspace's accounts wherever it names any of these, for people who ask to be
 * forgotten. The report's own name stays, so that a repetition is still recognised; what was not handled yet stays too.
 * @returns how many were blanked. May be repeated.
 */
export const forgetIncoming = operation({
  can: 'contact.erase',
  input: z.object({ names: z.array(z.string().min(1).max(400)).max(20_000) }),
  run: async (ctx, { names }) =>
    ok({
      blanked: await prisma.$executeRaw`
        update "IncomingEvent" i set raw = '{"event": null}'
        from "Account" a
        where a."workspaceId" = ${ctx.workspaceId} and a.platform::text = i.platform and a."externalId" = i."accountExternalId"
          and i."handledAt" is not null
          and exists (select 1 from unnest(${[...names]}::text[]) n where strpos(i.raw::text, n) > 0)`,
    }),
})
