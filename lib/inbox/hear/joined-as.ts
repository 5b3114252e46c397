import { toJson } from '@/lib/core/json'
import { Shifts, type ConversationState } from '../schema'

/** What people and rules said of a conversation. */
type Decided = {
  readonly state: ConversationState
  readonly unanswered: boolean
  readonly messageCount: number
  readonly settledAt: Date | null
  readonly resolvedAt: Date | null
  readonly snoozedUntil: Date | null
  readonly disposition: string | null
  readonly assigneeId: string | null
  readonly teamId: string | null
  readonly routedAt: Date | null
  readonly shifts: unknown
  readonly aiHeld: boolean
  readonly escalatedAt: Date | null
  readonly heldById: string | null
  readonly heldUntil: Date | null
  readonly holdFence: number
}

const earliest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a < b ? a : b) : (a ?? b))
const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b))

/**
 * Whether the state that a person gave to a conversation is to be that of the one it joins: where nobody waits there, and
 * as if it had been said of that. Where somebody does, or what is done there would ask anew, its own stands.
 */
export function takesState(from: Decided, to: Decided): boolean {
  const isAtRest = to.messageCount === 0 || (!to.unanswered && (to.state === 'done' || to.state === 'waiting'))
  const asks = from.state === 'todo' && from.unanswered
  return from.settledAt !== null && !asks && isAtRest && (from.state === 'done' || to.resolvedAt === null)
}

/** What becomes of a conversation when another joins it. Whoever has it keeps it; whoever held the other holds it then. */
export function joinedAs(from: Decided, to: Decided, at: Date) {
  return {
    ...(to.assigneeId === null && to.teamId === null ? { assigneeId: from.assigneeId, teamId: from.teamId } : {}),
    routedAt: earliest(from.routedAt, to.routedAt),
    shifts: toJson({ all: bothShifts(from, to) }).all ?? [],
    aiHeld: from.aiHeld || to.aiHeld,
    escalatedAt: earliest(from.escalatedAt, to.escalatedAt),
    ...holdOf(from, to, at),
    ...(takesState(from, to)
      ? {
          state: from.state,
          settledAt: latest(from.settledAt, to.settledAt),
          resolvedAt: from.state === 'done' ? latest(from.settledAt, to.settledAt) : null,
          snoozedUntil: from.snoozedUntil,
          disposition: from.disposition,
        }
      : {}),
  }
}

/** A rule counts once. */
function bothShifts(from: Decided, to: Decided): Shifts {
  const [ours, theirs] = [Shifts.parse(to.shifts), Shifts.parse(from.shifts)]
  return [...ours, ...theirs.filter(({ ruleId }) => !ours.some((shift) => shift.ruleId === ruleId))]
}

/** Whoever began an answer in either, and does not hold it now, is told so when they send it. */
function holdOf(from: Decided, to: Decided, at: Date) {
  const isHeld = to.heldUntil !== null && to.heldUntil > at
  if (isHeld || from.holdFence === 0) return {}
  return {
    heldById: from.heldById,
    heldUntil: from.heldUntil,
    holdFence: from.holdFence > to.holdFence ? from.holdFence : to.holdFence + 1,
  }
}
