import { now } from '@/lib/core/clock'
import type { IncomingKind, Platform, Traits } from '@/lib/platforms'
import { fieldRules, type NetworkName, type TextRule } from '@/lib/platforms/text'
import type { ConversationDetail } from '../schema'
import { takenFiles } from './file-rules'

/** Whether the network lets us answer, until when, and why not. Known before anybody types. */
export function answering(
  { inbox, label, limits, limitsFor }: Platform,
  {
    kind,
    lastInboundAt,
    traits = {},
    byProgram = false,
  }: {
    readonly kind: string
    readonly lastInboundAt: Date | null
    /** What the adapter read of the account when it was connected. */
    readonly traits?: unknown
    readonly byProgram?: boolean
  },
): ConversationDetail['answering'] {
  // The column is written from IncomingKind and from nothing else.
  const way = inbox?.reply ? inbox.answers[kind as IncomingKind] : undefined
  if (!way)
    return {
      open: false,
      until: null,
      rule: `${label} lets no program answer this. Open it there.`,
      templates: false,
      media: null,
    }
  const windowMs = (byProgram && way.byProgramMs) || way.windowMs
  const until = windowMs && lastInboundAt ? new Date(lastInboundAt.getTime() + windowMs) : null
  const closed = until !== null && until <= now()
  return {
    open: !closed,
    until: until?.toISOString() ?? null,
    templates: inbox?.templates !== undefined,
    // The column is written from Traits and from nothing else.
    media: way.media ? takenFiles(way.media, limitsFor?.(traits as Traits) ?? limits) : null,
    rule: closed ? (way.rule ?? `${label}’s time to answer is over.`) : (way.rule ?? null),
  }
}

/** How the network counts an answer to a message of this kind. */
export function replyRule({ name, limits }: Platform, kind: string): TextRule {
  // Adapters are named as their networks are.
  const rules = fieldRules[name as NetworkName]
  return (kind === 'dm' ? rules.message : rules.comment) ?? rules.reply ?? limits.text
}
