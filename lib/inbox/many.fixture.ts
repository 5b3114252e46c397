import pg from 'pg'
import type { Reading } from '@/bench/calendar/readings'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'

/**
 * Fills a workspace with conversations of one message each, over the last 500 days; every hundredth says “parcel”,
 * every other one “coffee”. A fifth has our answer, and a clock that it stopped. Then the planner looks at them.
 */
export async function fill(workspaceId: string, accountId: string, many: number, authorId: string): Promise<void> {
  const mark = newId()
  const at = `lateral (select now()::timestamp - n * interval '500 days' / ${many}::int as at) t`
  const client = new pg.Client({ connectionString: env().DATABASE_URL })
  await client.connect()
  try {
    // The rows fit together as they are made: without the checks it takes half as long.
    await client.query('set session_replication_role = replica')
    await client.query(
      `insert into "Conversation" (id, "workspaceId", "accountId", platform, "externalKey", kind, state, priority,
        "lastMessageAt", "firstInboundAt", "lastInboundAt", "assigneeId", intent, "updatedAt")
      select $1 || n, $2, $3, 'facebook', $1 || n, 'dm', (case n % 3 when 0 then 'todo' else 'done' end)::"ConversationState",
        n % 100 + 1, at, at, at, case when n % 7 = 0 then $5 end, 'question', at
      from generate_series(1, $4::int) n, ${at}`,
      [mark, workspaceId, accountId, many, authorId],
    )
    await client.query(
      `insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", kind, own, text, at, "textAt",
        "authorName", "authorHandle", source, via, sentiment)
      select $1 || n, $2, $1 || n, $3, $1 || n, 'dm', false,
        'Number ' || n || case when n % 100 = 0 then ' my parcel' else '' end || case when n % 2 = 0 then ' coffee' else '' end,
        at, at, 'Rosa', '@rosa', '{}', 'webhook', (n % 21 - 10) / 10.0
      from generate_series(1, $4::int) n, ${at}`,
      [mark, workspaceId, accountId, many],
    )
    await client.query(
      `insert into "Reply" (id, "workspaceId", "conversationId", "accountId", "messageId", "contentHash", text, intent,
        state, "sendAt", "sentAt", "authorKind", "authorId", "externalId")
      select $1 || n, $2, $1 || n, $3, $1 || n, $1 || n, 'Yes', '{}', 'sent', at, at, 'member', $5, $1 || n || 'r'
      from generate_series(5, $4::int, 5) n, ${at}`,
      [mark, workspaceId, accountId, many, authorId],
    )
    await client.query(
      `insert into "Message" (id, "workspaceId", "conversationId", "accountId", "externalId", "parentExternalId", kind, own,
        text, at, "textAt", "authorName", "authorHandle", source, via)
      select $1 || n || 'r', $2, $1 || n, $3, $1 || n || 'r', $1 || n, 'dm', true, 'Yes', at, at, 'Ada', '@ada', '{}', 'reply'
      from generate_series(5, $4::int, 5) n, ${at}`,
      [mark, workspaceId, accountId, many],
    )
    await client.query(
      `insert into "SlaClock" (id, "workspaceId", "conversationId", "policyId", kind, "startedAt", minutes, "stoppedAt")
      select $1 || n, $2, $1 || n, 'p', 'first_reply', at, 60, at from generate_series(5, $3::int, 5) n, ${at}`,
      [mark, workspaceId, many],
    )
    await client.query('vacuum analyze "Conversation", "Message", "Reply", "SlaClock"')
  } finally {
    await client.end()
  }
}

/** Which of the large tables were read from one end to the other. */
export const readWhole = (readings: readonly Reading[]): readonly string[] =>
  readings.flatMap(({ how, table }) =>
    how === 'Seq Scan' && ['Conversation', 'Message'].includes(table ?? '') ? [table ?? ''] : [],
  )
