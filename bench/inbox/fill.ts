import { makeOwner } from '@/lib/accounts/connected.fixture'
import { sealCredentials } from '@/lib/accounts/secrets'
import { prisma } from '@/lib/core/db'
import { newId } from '@/lib/core/ids'
import type { Ctx } from '@/lib/workspace'

/** A workspace whose inbox is filled. */
export type FullInbox = {
  readonly ctx: Ctx
  /** Says every third thing, and one of ten thousand. */
  readonly accounts: { readonly busy: string; readonly quiet: string }
  /** On every fourth conversation, and on one of a thousand. */
  readonly labels: { readonly common: string; readonly rare: string }
}

export async function newInbox(): Promise<FullInbox> {
  const ctx = await makeOwner()
  const { workspaceId } = ctx
  const account = async (): Promise<string> => {
    const id = newId()
    await prisma.account.create({
      data: {
        id,
        workspaceId,
        platform: 'x',
        method: 'account',
        kind: 'person',
        externalId: id,
        handle: '@bench',
        displayName: 'Bench',
        profileUrl: 'https://x.com/bench',
        scopes: [],
        credentialsSealed: sealCredentials(workspaceId, { accessToken: 'bench', scopes: [], externalId: id }),
        tokenIssuedAt: new Date(),
      },
    })
    return id
  }
  const label = async (name: string): Promise<string> => {
    const { id } = await prisma.label.create({ data: { id: newId(), workspaceId, name, colour: 'grey' } })
    return id
  }
  return {
    ctx,
    accounts: { busy: await account(), quiet: await account() },
    labels: { common: await label('common'), rare: await label('rare') },
  }
}

type Index = { readonly name: string; readonly made: string }

/** What is filled in bulk. Their indexes are made again afterwards: a million entries each, one by one, take far longer. */
const tables = ['Conversation', 'Message', 'Contact', 'ContactIdentity', 'ConversationLabel']

/**
 * Brings the inbox to so many conversations, spread over a year: three of ten to do, five done, the rest waiting or
 * snoozed; one of twenty urgent, one of ten assigned to the owner and half to nobody. Each has one message and one of
 * five people's words. Written by the database itself.
 */
export async function fillTo({ ctx, accounts, labels }: FullInbox, conversations: number): Promise<void> {
  const { workspaceId } = ctx
  const from = (await prisma.conversation.count({ where: { workspaceId } })) + 1
  if (from > conversations) return
  await prisma.$transaction(
    async (db) => {
      await db.$executeRaw`set local session_replication_role = replica`
      await db.$executeRaw`set local maintenance_work_mem = '512MB'`
      const indexes = await db.$queryRaw<Index[]>`
        select i.relname as name, pg_get_indexdef(x.indexrelid) as made from pg_index x
        join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
        where t.relname = any(${tables}) and t.relnamespace = 'public'::regnamespace and not x.indisunique`
      for (const { name } of indexes) await db.$executeRawUnsafe(`drop index "${name}"`)
      const person = (n: string) => `${n} % greatest(1, ${conversations} / 5)`
      await db.$executeRawUnsafe(
        `insert into "Contact" (id, "workspaceId", name, "lastSeenAt", "updatedAt")
         select $1 || '-p' || n, $1, 'Person ' || n, now(), now()
         from generate_series(0, ${Math.ceil(conversations / 5)}) n on conflict do nothing`,
        workspaceId,
      )
      await db.$executeRawUnsafe(
        `insert into "ContactIdentity" (id, "workspaceId", "contactId", platform, "externalId", handle, "displayName")
         select $1 || '-i' || n, $1, $1 || '-p' || n, 'x', 'p' || n, '@person' || n, 'Person ' || n
         from generate_series(0, ${Math.ceil(conversations / 5)}) n on conflict do nothing`,
        workspaceId,
      )
      await db.$executeRawUnsafe(
        `insert into "Conversation" (id, "workspaceId", "accountId", platform, "externalKey", kind, state, "snoozedUntil",
           "assigneeId", "contactId", priority, excerpt, "messageCount", "lastMessageAt", "lastInboundAt", "firstInboundAt", "updatedAt")
         select $1 || '-c' || n, $1, case when n % 10000 = 7 then $3 else $2 end, 'x', 'c' || n, 'dm',
           (case when n % 10 < 3 then 'todo' when n % 10 < 8 then 'done' when n % 20 < 19 then 'waiting' else 'snoozed' end)::"ConversationState",
           case when n % 20 >= 19 then timestamp '2027-01-01' end,
           case when n % 70 < 7 then $4 when n % 2 = 0 then 'somebody else' end,
           $1 || '-p' || ${person('n')}, 1 + (n::bigint * 79 % 84)::int, 'Where is my order, number ' || n, 1, at, at, at, at
         from (select n, timestamp '2026-01-01' + (n::bigint * 7919 % 525600) * interval '1 minute' as at
           from generate_series(${from}, ${conversations}) n) rows`,
        workspaceId,
        accounts.busy,
        accounts.quiet,
        ctx.actor.id,
      )
      await db.$executeRawUnsafe(
        `insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", kind, own, text, at, "textAt",
           "authorName", "authorHandle", "identityId", source, via)
         select $1 || '-m' || n, $1, $1 || '-c' || n, $2, 'm' || n, 'dm', false,
           case when n % 10000 = 11 then 'My parcel was eaten by a wombat, number ' else 'Where is my order, number ' end || n,
           at, at, 'Person', '@person', $1 || '-i' || ${person('n')}, '{}', 'import'
         from (select n, timestamp '2026-01-01' + (n::bigint * 7919 % 525600) * interval '1 minute' as at
           from generate_series(${from}, ${conversations}) n) rows`,
        workspaceId,
        accounts.busy,
      )
      await db.$executeRawUnsafe(
        `insert into "ConversationLabel" ("workspaceId", "conversationId", "labelId")
         select $1, $1 || '-c' || n, label from generate_series(${from}, ${conversations}) n,
           lateral (values ($2, 4), ($3, 1000)) as of(label, every) where n % every = 2`,
        workspaceId,
        labels.common,
        labels.rare,
      )
      for (const { made } of indexes) await db.$executeRawUnsafe(made)
    },
    { timeout: 1_200_000, maxWait: 10_000 },
  )
  for (const table of tables) await prisma.$executeRawUnsafe(`vacuum analyze "${table}"`)
}
