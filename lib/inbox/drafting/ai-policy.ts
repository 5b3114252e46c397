import { day, inMs, minute } from '@/lib/core/clock'
import { excerptOf } from '@/lib/core/excerpt'
import { momentOf, ruledAt, shiftDay, wallOf } from '@/lib/core/wall'
import type { DraftOrigin, DraftProblem } from '@/lib/ai/schema'
import type { PolicyMode } from './draft-schema'
import { intentInWords } from '../schema'

export type Policy = {
  readonly mode: PolicyMode
  readonly threshold: number
  readonly delayMinutes: number
  readonly hourlyCap: number
  /** Minutes after midnight. */
  readonly quiet: { readonly from: number; readonly to: number } | null
}

/** What is known of a message. None of it is taken from what the message says about how it should be answered. */
export type Seen = {
  readonly kind: string
  /** Every reading there is: ours, and a model's. */
  readonly intents: readonly string[]
  /** The lowest of the readings, -1 to 1. */
  readonly sentiment: number
  readonly isSpam: boolean
  readonly isToxic: boolean
  /** False in languages our own reading does not cover, while no model has read it. */
  readonly isUnderstood: boolean
  /** Words on matters that are a person's, in any language. */
  readonly matters: readonly string[]
  /** Personal data that it names, as it is called. */
  readonly personal: readonly string[]
  /** Signs that it speaks to a machine. */
  readonly signs: readonly string[]
  readonly isOld: boolean
  /** The last answer here was automatic, and the person wrote again. */
  readonly answeredByAi: boolean
}
export type DraftSeen = {
  readonly origin: DraftOrigin
  readonly confidence: number
  readonly problems: readonly DraftProblem[]
  /** What the knowledge base does not say, of what a model wrote. */
  readonly unbacked: readonly string[]
  /** Signs that somebody spoke to the model, in what it was shown besides the message. */
  readonly signsAround: readonly string[]
}

/** `person`: it is passed to a person at once. `draft`: it waits for one. */
export type Decision =
  | { readonly do: 'nothing' | 'draft' | 'person'; readonly reasons: readonly string[] }
  | { readonly do: 'auto'; readonly reasons: readonly string[]; readonly sendAt: Date }

/** Intents that are never answered without a person, whatever the policy. */
const sensitive: ReadonlySet<string> = new Set(['complaint', 'refund_request', 'legal'])
const veryNegative = -0.5

/** Why a person must see to it, whatever a draft looks like. */
export function mattersOfAPerson(seen: Seen): readonly string[] {
  const found = seen.intents.filter((intent) => sensitive.has(intent))
  return [
    ...[...new Set(found)].map((intent) => `It is read as a ${intentInWords(intent)}: a person answers those.`),
    ...seen.matters.map((word) => `It says “${word}”: a person answers that.`),
    ...seen.personal.map((what) => `It names ${what}: a person answers that.`),
    ...seen.signs.map((sign) => `${sign}: a person looks at it.`),
    ...(seen.isToxic ? ['It is offensive: a person decides whether to answer.'] : []),
    ...(seen.sentiment < veryNegative ? ['It is very negative: a person answers.'] : []),
    ...(seen.kind === 'review' ? ['Reviews are answered by a person.'] : []),
    ...(seen.isUnderstood ? [] : ['Its language is not one that we read well: a person answers.']),
    ...(seen.answeredByAi ? ['The last answer here was automatic and they wrote again: a person goes on.'] : []),
  ]
}

/** Why nothing is drafted for an account. */
export const whyOff = (policy: Policy | undefined): string | undefined =>
  !policy || policy.mode === 'off' ? 'AI is off for this account.' : undefined

/**
 * What becomes of a draft: sent by itself only when nothing at all speaks against it. The cap is counted where the
 * answer is written, under a lock.
 */
export function decide(policy: Policy, seen: Seen, draft: DraftSeen, at: Date, timeZone: string): Decision {
  const matters = [
    ...mattersOfAPerson(seen),
    ...draft.signsAround.map((sign) => `${sign}, in a name or in what was said around it: a person looks at it.`),
  ]
  if (matters.length > 0) return { do: 'person', reasons: matters }
  if (policy.mode !== 'auto') return { do: 'draft', reasons: ['The policy of this account is to draft only.'] }
  if (draft.origin === 'template') return { do: 'draft', reasons: ['A template is never sent by itself.'] }
  if (draft.problems.length > 0) return { do: 'draft', reasons: draft.problems.map(({ message }) => message) }
  if (draft.unbacked.length > 0)
    return {
      do: 'draft',
      reasons: draft.unbacked.map((said) => `“${excerptOf(said, 80)}” does not stand in the knowledge base.`),
    }
  if (seen.isOld) return { do: 'draft', reasons: ['It is older than a day.'] }
  if (draft.confidence < policy.threshold)
    return {
      do: 'draft',
      reasons: [`Its ${belowThreshold(draft.confidence, policy)}`],
    }
  return {
    do: 'auto',
    reasons: [
      `Its confidence of ${draft.confidence.toFixed(2)} reaches ${policy.threshold.toFixed(2)}, and nothing speaks against it.`,
    ],
    sendAt: goesAt(policy, at, timeZone),
  }
}

/** Said of a draft, in a sentence's end. */
export const belowThreshold = (confidence: number, { threshold }: Policy): string =>
  `confidence of ${confidence.toFixed(2)} is under ${threshold.toFixed(2)}.`

/** When an answer goes out by itself that is decided on at a moment. */
const goesAt = ({ delayMinutes, quiet }: Policy, at: Date, timeZone: string): Date =>
  afterQuiet(inMs(delayMinutes * minute, at), quiet, timeZone)

/** Whether an answer to what was said at `saidAt` is more than a day later than it might have been. */
export const isTooLate = (policy: Policy, saidAt: Date, at: Date, timeZone: string): boolean =>
  goesAt(policy, saidAt, timeZone) < inMs(-day, at)

/** A moment, or the end of the quiet hours that it lies in, on the wall clock of `timeZone`. */
export function afterQuiet(at: Date, quiet: Policy['quiet'], timeZone: string): Date {
  if (!quiet) return at
  const [day = '', time = ''] = wallOf(at, timeZone).split('T')
  const overnight = quiet.from > quiet.to
  const [from, to] = [clock(quiet.from), clock(quiet.to)]
  const isQuiet = overnight ? time >= from || time < to : time >= from && time < to
  if (!isQuiet) return at
  const end = momentOf(`${overnight && time >= from ? shiftDay(day, 1) : day}T${to}`, timeZone)
  if (!end) throw new Error(`There is no ${to} in a day`)
  // In the night in which clocks go back, the first of two may have passed.
  return end.kind === 'twice' && end.earlier.at < at ? end.later.at : ruledAt(end)
}

/** Minutes after midnight, as a clock shows them. */
const clock = (minutes: number): string =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
