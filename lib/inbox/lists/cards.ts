import { now } from '@/lib/core/clock'
import type { Ctx } from '@/lib/workspace'
import { z } from 'zod'
import { clockKinds, labelColours } from '@/lib/routing/schema'
import type { ConversationCard, FileCard, MessageCard, SlaCard } from '../schema'

/** Of clocks: those that are open, one of a kind at most; then what ended last. */
const openFirst = [{ stoppedAt: { sort: 'desc' as const, nulls: 'first' as const } }, { startedAt: 'desc' as const }]

/** What a list shows of a conversation. */
export const cardColumns = {
  id: true,
  accountId: true,
  platform: true,
  kind: true,
  state: true,
  snoozedUntil: true,
  assigneeId: true,
  escalatedAt: true,
  stuckAt: true,
  proposedAt: true,
  priority: true,
  leadScore: true,
  sentiment: true,
  intent: true,
  excerpt: true,
  unanswered: true,
  messageCount: true,
  lastMessageAt: true,
  lastInboundAt: true,
  lastOutboundAt: true,
  resolvedAt: true,
  disposition: true,
  team: { select: { id: true, name: true } },
  labels: {
    select: { label: { select: { id: true, name: true, colour: true } } },
    orderBy: { label: { name: 'asc' } },
  },
  clocks: {
    select: { kind: true, dueAt: true, resumedAt: true, warnedAt: true, breachedAt: true, stoppedAt: true },
    orderBy: openFirst,
    take: clockKinds.length,
  },
  heldById: true,
  heldUntil: true,
  account: { select: { handle: true } },
  contact: { select: { id: true, name: true, avatarUrl: true } },
} as const

type Row = NonNullable<Awaited<ReturnType<typeof oneRow>>>
const oneRow = (db: Ctx['db']) => db.conversation.findFirst({ select: cardColumns })

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** @param wording as `wordingsOf` has it */
export function toCard(
  { account, heldById, heldUntil, labels, clocks, lastOutboundAt, resolvedAt, ...row }: Row,
  wording: string | null | undefined,
): ConversationCard {
  return {
    ...row,
    wording: wording ?? null,
    accountHandle: account.handle,
    labels: labels.map(({ label }) => ({ ...label, colour: Colour.parse(label.colour) })),
    sla: slaOf(clocks, { state: row.state, lastOutboundAt, resolvedAt }),
    snoozedUntil: iso(row.snoozedUntil),
    escalatedAt: iso(row.escalatedAt),
    stuckAt: iso(row.stuckAt),
    proposedAt: iso(row.proposedAt),
    lastMessageAt: row.lastMessageAt.toISOString(),
    lastInboundAt: iso(row.lastInboundAt),
    lastIsOwn: isOurs({ ...row, lastOutboundAt }),
    heldBy: heldById && heldUntil && heldUntil > now() ? { memberId: heldById, until: heldUntil.toISOString() } : null,
  }
}

/**
 * Was it we who spoke last? A like or a share has its time, too, and what is gone has none. Some networks tell whole
 * seconds: of two in one it is not known which came last, and theirs must not be called ours.
 */
const isOurs = ({ lastMessageAt, lastInboundAt, lastOutboundAt }: Times): boolean =>
  lastOutboundAt !== null &&
  lastOutboundAt >= lastMessageAt &&
  (lastInboundAt === null || lastInboundAt < lastMessageAt)

type Times = Pick<Row, 'lastMessageAt' | 'lastInboundAt' | 'lastOutboundAt'>

const Colour = z.enum(labelColours).catch('grey')

type ClockRow = Row['clocks'][number]

type Ended = Pick<Row, 'state' | 'lastOutboundAt' | 'resolvedAt'>

/**
 * Of promises still owed the broken one, or else what is due first; or how the last one ended: of two that ended with
 * their conversation, that of a solution.
 */
function slaOf(clocks: readonly ClockRow[], ended: Ended): SlaCard | null {
  const owed = clocks
    .filter(({ stoppedAt }) => stoppedAt === null)
    .toSorted((a, b) => weight(a) - weight(b) || (a.dueAt?.getTime() ?? 0) - (b.dueAt?.getTime() ?? 0))
  const [last, other] = clocks
  const atOnce = other?.kind === 'resolution' && other.stoppedAt?.getTime() === last?.stoppedAt?.getTime()
  const shown = owed[0] ?? (atOnce ? other : last)
  return shown
    ? {
        kind: shown.kind === 'first_reply' ? 'first_reply' : 'resolution',
        dueAt: iso(shown.dueAt),
        state: stateOf(shown, ended),
      }
    : null
}

const weight = (clock: ClockRow): number => (clock.breachedAt ? 0 : clock.resumedAt ? 1 : 2)

function stateOf(
  { kind, breachedAt, stoppedAt, resumedAt, warnedAt }: ClockRow,
  { state, lastOutboundAt, resolvedAt }: Ended,
): SlaCard['state'] {
  if (breachedAt) return 'breached'
  if (stoppedAt) {
    // An answer stops its clock by its own time, so what stopped when it was done, and was not answered since, has none;
    // nor has what ends itself because all that was said was taken away.
    const isDone = resolvedAt ? stoppedAt >= resolvedAt : state === 'done'
    return kind === 'first_reply' && isDone && !(lastOutboundAt && lastOutboundAt >= stoppedAt) ? 'ended' : 'met'
  }
  if (!resumedAt) return 'paused'
  return warnedAt ? 'warned' : 'running'
}

export const messageColumns = {
  id: true,
  externalId: true,
  kind: true,
  own: true,
  privately: true,
  text: true,
  at: true,
  authorName: true,
  authorHandle: true,
  authorAvatar: true,
  parentExternalId: true,
  url: true,
  media: true,
  files: { select: { id: true, place: true, state: true, mime: true, sizeBytes: true } },
  rating: true,
  recommends: true,
  reaction: true,
  editedAt: true,
  deletedAt: true,
  erasedAt: true,
  sentiment: true,
  intent: true,
  priority: true,
} as const

type MessageRow = NonNullable<Awaited<ReturnType<typeof oneMessage>>>
const oneMessage = (db: Ctx['db']) => db.message.findFirst({ select: messageColumns })
const Media = z.array(
  z.object({
    kind: z.string(),
    url: z.string().optional(),
    ask: z.unknown().optional(),
    name: z.string().optional(),
    alt: z.string().optional(),
  }),
)

type FileRow = MessageRow['files'][number]

/** A file as it is to be seen: the one that is kept here, or the network's own. */
function toFile({ kind, url, ask, name, alt }: z.output<typeof Media>[number], kept: FileRow | undefined): FileCard {
  const card = {
    kind,
    name: name ?? null,
    alt: alt ?? null,
    mime: kept?.mime ?? null,
    sizeBytes: kept?.sizeBytes ?? null,
  }
  if (ask === undefined) return { ...card, state: url ? 'here' : 'gone', url: url ?? null }
  const state = !kept || kept.state === 'unwanted' ? 'gone' : kept.state
  return { ...card, state, url: kept && state === 'here' ? `/api/inbox/files/${kept.id}` : null }
}

export const toMessage = ({
  authorName,
  authorHandle,
  authorAvatar,
  media,
  files,
  ...row
}: MessageRow): MessageCard => ({
  ...row,
  at: row.at.toISOString(),
  editedAt: iso(row.editedAt),
  deletedAt: iso(row.deletedAt),
  erasedAt: iso(row.erasedAt),
  author: { name: authorName, handle: authorHandle, avatarUrl: authorAvatar },
  media: Media.parse(media).map((file, place) =>
    toFile(
      file,
      files.find((kept) => kept.place === place),
    ),
  ),
})
