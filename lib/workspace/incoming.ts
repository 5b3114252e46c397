import { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import { day, inMs, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok } from '@/lib/core/result'
import { handleIncomingJob } from './jobs'
import { operation } from './operation'
import type { Sweep } from './system'
import { transactUnscoped } from './transact'
import { upkeepOperation } from './upkeep'

/** How long what was handled is kept, so that a late repetition is still recognised. */
const keptMs = 30 * day
/** The queue is given this long before the sweep looks. */
const queueMs = 30 * second

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
    const told = await transactUnscoped(async ({ db, record }) => {
      const { count } = await db.incomingEvent.updateMany({
        where: { id: incomingId, handledAt: null },
        data: { handledAt: now() },
      })
      if (count === 0) return 0
      const { platform, accountExternalId, type } = await db.incomingEvent.findUniqueOrThrow({
        where: { id: incomingId },
      })
      const accounts = await db.account.findMany({
        where: { platform, externalId: accountExternalId, disconnectedAt: null },
        select: { id: true, workspaceId: true },
      })
      for (const { id, workspaceId } of accounts)
        record(
          workspaceId,
          { kind: 'system', id: handleIncomingJob.name },
          {
            type: 'account.reported',
            subject: { type: 'account', id },
            particulars: { incomingId, platform, reported: type },
          },
        )
      return accounts.length
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

/** What a network reported about one of this workspace's accounts, for those who heard `account.reported`. */
export const readIncoming = operation({
  can: 'incoming.handle',
  input: z.object({ incomingId: z.string() }),
  async run(ctx, { incomingId }) {
    const row = await prisma.incomingEvent.findUnique({ where: { id: incomingId } })
    const account =
      row &&
      (await ctx.db.account.findFirst({
        where: { platform: row.platform, externalId: row.accountExternalId },
        select: { id: true },
      }))
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
