import { now } from '@/lib/core/clock'
import type { IncomingKind, Limits, Platform, Traits } from '@/lib/platforms'
import { ruleFor, type TextField, type TextRule } from '@/lib/platforms/text'
import type { ConversationDetail } from '../schema'
import { hasPrivateAnswers } from './answering-privately'
import { takenFiles } from './file-rules'

/** Whether the network lets us answer, until when, and why not. Known before anybody types. */
export function answering(
  platform: Platform,
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
  const { inbox, label } = platform
  // The column is written from IncomingKind and from nothing else.
  const way = inbox?.reply ? inbox.answers[kind as IncomingKind] : undefined
  const kinds = inbox?.reply ? Object.keys(inbox.answers) : []
  const privateText = hasPrivateAnswers(platform) ? replyRule(platform, { kind: 'dm', traits }) : null
  if (!way)
    return {
      open: false,
      until: null,
      rule: `${label} lets no program answer this. Open it there.`,
      kinds,
      templates: false,
      media: null,
      text: null,
      privateText,
    }
  const windowMs = (byProgram && way.byProgramMs) || way.windowMs
  const until = windowMs && lastInboundAt ? new Date(lastInboundAt.getTime() + windowMs) : null
  const closed = until !== null && until <= now()
  return {
    open: !closed,
    until: until?.toISOString() ?? null,
    kinds,
    templates: inbox?.templates !== undefined,
    media: way.media ? takenFiles(way.media, limitsOf(platform, traits)) : null,
    text: replyRule(platform, { kind, traits }),
    privateText,
    rule: closed ? (way.rule ?? `${label}’s time to answer is over.`) : (way.rule ?? null),
  }
}

// The column is written from Traits and from nothing else.
const limitsOf = ({ limits, limitsFor }: Platform, traits: unknown): Limits => limitsFor?.(traits as Traits) ?? limits

/** How the network counts an account's answer to a message of this kind. */
export function replyRule(
  platform: Platform,
  { kind, traits }: { readonly kind: string; readonly traits: unknown },
): TextRule {
  const limits = limitsOf(platform, traits)
  const ruleOf = (field: TextField) => ruleFor(field, platform.name, limits)
  return ruleOf(kind === 'dm' ? 'message' : 'comment') ?? ruleOf('reply') ?? limits.text
}
