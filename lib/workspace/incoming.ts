import { z } from 'zod'
import { prisma, type Prisma } from '@/lib/core/db'
import { day, inMs, minute, now, second } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Ctx } from './context'
import { handledAtOnce, handleIncomingJob } from './jobs'
import { operation, query } from './operation'
import type { Sweep } from './system'
import { inLanes, together } from './together'
import { transactUnscoped, type Work } from './transact'
import { upkeepOperation } from './upkeep'

/** How long what was handled is kept, so that a late repetition is still recognised. */
const keptMs = 30 * day
/** The queue is given this long before the sweep looks. */
const queueMs = 30 * second

/** Most that one job handles along with its own: in a flood they share their statements. */
const alongside = 100
type Taken = {
  readonly id: string
  readonly platform: string
  readonly accountExternalId: string
  readonly type: string
  readonly withdrawn: unknown
}

/** One thing a network reported, already verified. `raw` is plain JSON. */
export type Incoming = {
  readonly externalId: string
  readonly type: string
  readonly accountExternalId: string
  readonly raw: unknown
  readonly published?: { readonly externalId: string; readonly url: string; readonly text: string; readonly at: string }
  /** What was granted was taken back: by the account, or by whoever granted it. */
  readonly withdrawn?: z.output<typeof Withdrawn>
}
const Withdrawn = z.object({ at: z.string(), reason: z.string() })
const Published = z.object({ externalId: z.string(), url: z.string(), text: z.string(), at: z.string() })
/** As it comes from who asked. That something was taken back is told in reports alone. */
const HandedOn = z.object({
  externalId: z.string(),
  type: z.string(),
  accountExternalId: z.string(),
  raw: z.unknown(),
  published: Published.optional(),
})

type Reported = { readonly platform: string; readonly events: readonly Incoming[] }

/** What many report at the same moment is one transaction and one job. */
const storeTogether = inLanes(async (reports: readonly Reported[]): Promise<readonly number[]> => {
  const made = reports.map(({ platform, events }) =>
    events.map(({ externalId, type, accountExternalId, raw, published, withdrawn }) => ({
      id: newId(),
      platform,
      externalId,
      type,
      accountExternalId,
      // It was parsed from JSON, so it is JSON.
      raw: {
        event: raw,
        ...(published ? { published } : {}),
        ...(withdrawn ? { withdrawn } : {}),
      } as Prisma.InputJsonObject,
    })),
  )
  return transactUnscoped(async ({ db, enqueue }) => {
    const kept = await db.incomingEvent.createManyAndReturn({
      // In one order everywhere: two processes with the same repetitions must not wait for each other.
      data: made.flat().toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
      skipDuplicates: true,
      select: { id: true },
    })
    const fresh = kept.map(({ id }) => id).sort()
    for (let from = 0; from < fresh.length; from += handledAtOnce) {
      const incomingIds = fresh.slice(from, from + handledAtOnce)
      enqueue({ job: handleIncomingJob, payload: { incomingIds }, key: incomingIds[0] ?? '' })
    }
    const isFresh = new Set(fresh)
    return made.map((rows) => rows.filter(({ id }) => isFresh.has(id)).length)
  })
})

type Named = { readonly platform: string; readonly externalId: string; readonly accountExternalId: string }
const nameOf = ({ platform, externalId, accountExternalId }: Named): string =>
  `${platform} ${externalId} ${accountExternalId}`

/**
 * Stores what a network reported, each event once for an account by the network's own id however often and however
 * concurrently it comes, and queues what is new. Called by the webhook's route after the signature was verified.
 * @returns how many were new.
 */
export const storeIncoming = (platform: string, events: readonly Incoming[]): Promise<number> =>
  storeTogether('door', { platform, events })

/**
 * Takes in what came along, about others, when an account's network was asked: all accounts of a bot share its news. It
 * is stored and handled as a report is.
 * @returns how many were new.
 */
export const handOnIncoming = operation({
  can: 'incoming.handle',
  input: z.object({ accountId: z.string(), reports: z.array(HandedOn).max(500) }),
  async run(ctx, { accountId, reports }) {
    const account = await ctx.db.account.findUnique({ where: { id: accountId }, select: { platform: true } })
    if (!account) return fail({ code: 'NOT_FOUND', message: 'This account is not here any more.' })
    if (reports.length === 0) return ok({ fresh: 0 })
    // zod's optional keys may hold undefined; the contract's may not, and JSON knows no difference.
    return ok({ fresh: await storeIncoming(account.platform, reports as readonly Incoming[]) })
  },
})

/**
 * Tells every workspace that has the account, or one that it was granted by, by an event `account.reported`, or `account.withdrawn` with what it takes
 * to know; rooms above listen to them. The event and
 * the note that it was handled are one transaction, so nobody is told twice and nothing is lost.
 */
export const handleIncoming = upkeepOperation({
  can: 'incoming.handle',
  input: handleIncomingJob.payload,
  run: async ({ incomingIds }) => {
    // Where many wait, most were handled along with another.
    const left = await prisma.incomingEvent.count({ where: { id: { in: incomingIds }, handledAt: null } })
    if (left === 0) return ok({ told: 0 })
    const told = await transactUnscoped(async ({ db, record }) => {
      const taken = await db.$queryRaw<Taken[]>`
        with mine as (
          select id from "IncomingEvent" where id = any(${incomingIds}) and "handledAt" is null for update skip locked
        ), others as (
          select id from "IncomingEvent" where "handledAt" is null and id <> all(${incomingIds})
          order by "receivedAt" limit ${alongside} for update skip locked
        )
        update "IncomingEvent" i set "handledAt" = ${now()}
        where i.id in (select id from mine union all select id from others)
        returning i.id, i.platform, i."accountExternalId", i.type, i.raw -> 'withdrawn' as withdrawn`
      const ids = [...new Set(taken.map(({ accountExternalId }) => accountExternalId))]
      const accounts = await db.account.findMany({
        where: {
          platform: { in: [...new Set(taken.map(({ platform }) => platform))] },
          OR: [{ externalId: { in: ids } }, { grantedBy: { in: ids } }],
          disconnectedAt: null,
        },
        select: { id: true, workspaceId: true, platform: true, externalId: true, grantedBy: true },
      })
      const named = Map.groupBy(accounts, ({ platform, externalId }) => `${platform} ${externalId}`)
      const granted = Map.groupBy(accounts, ({ platform, grantedBy }) => `${platform} ${grantedBy}`)
      // In the order in which they came.
      for (const { id: reported, platform, accountExternalId, type, withdrawn } of taken.toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      )) {
        const key = `${platform} ${accountExternalId}`
        const about = named.get(key) ?? []
        const gone = Withdrawn.optional().parse(withdrawn ?? undefined)
        const news = gone
          ? { type: 'account.withdrawn' as const, particulars: { platform, ...gone } }
          : { type: 'account.reported' as const, particulars: { incomingId: reported, platform, reported: type } }
        for (const { id, workspaceId } of [...about, ...(granted.get(key) ?? [])])
          record(
            workspaceId,
            { kind: 'system', id: handleIncomingJob.name },
            { ...news, subject: { type: 'account', id } },
          )
      }
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

/** Whoever asks more often than this writes nothing: nobody has to be known to ask. */
const askedAgainMs = minute

/** Notes that a network, or a provider, asked whether our address is ours, and was answered. */
export async function noteHandshake(platform: string): Promise<void> {
  const at = now()
  await prisma.$executeRaw`
    insert into "Handshake" as h (platform, at) values (${platform}, ${at})
    on conflict (platform) do update set at = excluded.at where h.at < ${inMs(-askedAgainMs, at)}`
}

/** What an account's network told us of late, and when it (or `speaker`, the provider it is reached by) last asked for us. */
export const readReporting = query({
  can: 'account.read',
  input: z.object({ accountId: z.string().max(64), speaker: z.string().max(40) }),
  async run(ctx, { accountId, speaker }) {
    const account = await ctx.db.account.findUnique({ where: { id: accountId } })
    if (!account) return fail({ code: 'NOT_FOUND', message: 'This account is not here any more.' })
    const { platform, externalId, grantedBy } = account
    const [report, handshake] = await Promise.all([
      prisma.incomingEvent.findFirst({
        where: { platform, accountExternalId: { in: [externalId, grantedBy ?? externalId] } },
        orderBy: { receivedAt: 'desc' },
        select: { receivedAt: true },
      }),
      prisma.handshake.findUnique({ where: { platform: speaker } }),
    ])
    return ok({ reportedAt: report?.receivedAt, askedAt: handshake?.at })
  },
})

const Raw = z.object({ event: z.unknown(), published: Published.optional() })

/** A report, and the account that is told of it: one of several, where a bot's is about all that it speaks for. */
const AboutAccount = z.object({ incomingId: z.string(), accountId: z.string() })

/** Those asked for at once are read with one statement. */
const readMany = together(async (ctx, asked: readonly z.output<typeof AboutAccount>[]) => {
  const [rows, accounts] = await Promise.all([
    prisma.incomingEvent.findMany({ where: { id: { in: [...new Set(asked.map(({ incomingId }) => incomingId))] } } }),
    ctx.db.account.findMany({
      where: { id: { in: [...new Set(asked.map(({ accountId }) => accountId))] } },
      select: { id: true, platform: true, externalId: true, grantedBy: true },
    }),
  ])
  const [rowOf, accountOf] = [new Map(rows.map((row) => [row.id, row])), new Map(accounts.map((one) => [one.id, one]))]
  return asked.map(({ incomingId, accountId }) => {
    const [row, account] = [rowOf.get(incomingId), accountOf.get(accountId)]
    const isAbout =
      row?.platform === account?.platform &&
      (row?.accountExternalId === account?.externalId || row?.accountExternalId === account?.grantedBy)
    return isAbout ? { row, account } : {}
  })
})

/** What a network reported about one of this workspace's accounts, for those who heard `account.reported`. */
export const readIncoming = operation({
  can: 'incoming.handle',
  input: AboutAccount,
  async run(ctx, about) {
    const { row, account } = await readMany(ctx, about)
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

/** So many names are looked for at once. */
const namesAtOnce = 5_000

/**
 * Keeps by which names networks spoke of somebody who is erased, in the transaction that erases them.
 * @returns what `forgetIncoming` is to be asked for after it, one after the other. Where nobody does, the sweep does.
 */
export async function keepErasedNames(
  { db }: Pick<Work, 'db'>,
  { workspaceId }: Pick<Ctx, 'workspaceId'>,
  names: readonly string[],
): Promise<readonly string[]> {
  const rows: { id: string; workspaceId: string; names: string[] }[] = []
  for (let from = 0; from < names.length; from += namesAtOnce)
    rows.push({ id: newId(), workspaceId, names: names.slice(from, from + namesAtOnce) })
  await db.erasedNames.createMany({ data: rows })
  return rows.map(({ id }) => id)
}

/**
 * Blanks what networks reported to this workspace's accounts wherever it names somebody who was erased. The report's own name
 * stays, so that a repetition is still recognised; what was not handled yet stays too. Each report is taken to pieces once,
 * at what is neither a letter nor a digit, and those that have the piece of a name that fewest of the names share are looked
 * through for it: every report for every name would be hours, and what was said under one post is named after that.
 * @returns how many were blanked. May be repeated.
 */
export const forgetIncoming = operation({
  can: 'contact.erase',
  input: z.object({ erasedNamesId: z.string() }),
  async run({ db, workspaceId }, { erasedNamesId: id }): Promise<Result<{ blanked: number }>> {
    const row = await db.erasedNames.findUnique({ where: { id }, select: { names: true } })
    if (!row) return ok({ blanked: 0 })
    const blanked = await prisma.$executeRaw`
      with pieces as (
        select n.name, p.piece, count(*) over (partition by p.piece) as sharing
        from unnest(${row.names}::text[]) n(name)
        cross join lateral regexp_split_to_table(n.name, '[^[:alnum:]]+') p(piece)
      ), names as materialized (
        select distinct on (p.name) p.name, p.piece from pieces p order by p.name, p.piece = '', p.sharing, length(p.piece) desc
      ), reports as materialized (
        select i.id, i.raw::text as raw from "IncomingEvent" i
        where i."handledAt" is not null and exists (
          select 1 from "Account" a
          where a."workspaceId" = ${workspaceId} and a.platform::text = i.platform and i."accountExternalId" in (a."externalId", a."grantedBy"))
      ), found as (
        select distinct r.id from reports r
        cross join lateral (select distinct s.piece from regexp_split_to_table(r.raw, '[^[:alnum:]]+') s(piece)) t
        join names n on n.piece = t.piece
        where strpos(r.raw, n.name) > 0
      ), held as (
        select i.id from "IncomingEvent" i where i.id in (select f.id from found f) order by i.id for update
      )
      update "IncomingEvent" i set raw = '{"event": null}' from held h where h.id = i.id`
    await db.erasedNames.deleteMany({ where: { id } })
    return ok({ blanked })
  },
})

/** Somebody was erased, and what networks reported of them was not blanked: whoever was to do it died, or is long at it. */
export const unforgotten: Sweep = {
  name: 'workspace.unforgotten',
  find: (at) => ({
    model: 'erasedNames',
    where: { createdAt: { lt: inMs(-5 * minute, at) } },
    orderBy: { createdAt: 'asc' },
  }),
}
