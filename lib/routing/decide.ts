import type { IncomingKind } from '@/lib/platforms'
import type { PolicyConditions, Rule, RuleConditions, RuleMoment } from './schema'

/** All that rules may ask about, as it was when it happened. */
export type Seen = {
  readonly kind: IncomingKind
  readonly accountId: string
  readonly platform: string
  /** Whether it says one of a rule's words, as `says` has it. */
  says(words: string): boolean
  readonly intent: string | null
  /** -1 to 1. */
  readonly sentiment: number | null
  readonly priority: number
  readonly lead: number
  readonly language: string | null
  readonly contactTags: readonly string[]
  /** Whether it was working time in a calendar. */
  isOpen(calendarId: string): boolean
}

/** The rules for these moments that fire, in their order. Pure: the same words under the same rules fire the same. */
export function decide(rules: readonly Rule[], moments: readonly RuleMoment[], seen: Seen): readonly Rule[] {
  const firing: Rule[] = []
  for (const rule of rules) {
    if (!rule.enabled || !moments.includes(rule.moment) || !holds(rule.conditions, seen)) continue
    firing.push(rule)
    if (rule.stops) break
  }
  return firing
}

const oneOf = <T>(wanted: readonly T[], had: T | null): boolean =>
  wanted.length === 0 || (had !== null && wanted.includes(had))

const between = (value: number | null, least: number | undefined, most: number | undefined): boolean =>
  (least === undefined || (value !== null && value >= least)) &&
  (most === undefined || (value !== null && value <= most))

function holds(asked: RuleConditions, seen: Seen): boolean {
  return (
    oneOf(asked.kinds, seen.kind) &&
    oneOf(asked.accountIds, seen.accountId) &&
    oneOf(asked.platforms, seen.platform) &&
    oneOf(asked.intents, seen.intent) &&
    oneOf(asked.languages, seen.language) &&
    between(seen.sentiment, asked.sentimentAtLeast, asked.sentimentAtMost) &&
    between(seen.priority, asked.priorityAtLeast, asked.priorityAtMost) &&
    between(seen.lead, asked.leadAtLeast, asked.leadAtMost) &&
    (asked.contactTags.length === 0 || asked.contactTags.some((tag) => seen.contactTags.includes(tag))) &&
    (asked.words.length === 0 || asked.words.some((words) => seen.says(words))) &&
    (asked.hours === undefined || seen.isOpen(asked.hours.calendarId) === asked.hours.within)
  )
}

/** Of a script that puts no space between words, a character stands in pairs with those around it. */
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]$/u
const letter = String.raw`[\p{L}\p{M}\p{N}_]`

type Wanted = { readonly words: string; readonly anyEnding: boolean }

/** Whether a text holds these words, both folded: whole ones, or with any ending. */
export function says(text: string, { words, anyEnding }: Wanted): boolean {
  if (words === '') return false
  if (unspaced.test(words)) return text.includes(words)
  const end = anyEnding ? '' : `(?!${letter})`
  return new RegExp(`(?<!${letter})${words.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`)}${end}`, 'u').test(text)
}

/** The first of the policies that holds for a conversation. */
export function policyFor<P extends { readonly enabled: boolean; readonly conditions: PolicyConditions }>(
  policies: readonly P[],
  { kind, accountId, priority }: { readonly kind: string; readonly accountId: string; readonly priority: number },
): P | undefined {
  return policies.find(
    ({ enabled, conditions }) =>
      enabled &&
      oneOf<string>(conditions.kinds, kind) &&
      oneOf(conditions.accountIds, accountId) &&
      between(priority, conditions.priorityAtLeast, conditions.priorityAtMost),
  )
}
