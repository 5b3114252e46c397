import { intentInWords, messageIntents } from '@/lib/inbox/schema'
import { networkLabels } from '@/lib/platforms/names'
import type { CalendarCard, LabelCard, RuleMoment } from '@/lib/routing/schema'

type Choice = { readonly id: string; readonly name: string }

/** What rules, promises and macros may name. */
export type Choices = {
  readonly accounts: readonly Choice[]
  /** Those that an account is on. */
  readonly networks: readonly string[]
  readonly members: readonly (Choice & { readonly mayAnswer: boolean })[]
  readonly teams: readonly Choice[]
  readonly labels: readonly LabelCard[]
  readonly calendars: readonly CalendarCard[]
  readonly replies: readonly Choice[]
  /** Why conversations end. */
  readonly dispositions: readonly string[]
}

export const optionsOf = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }))

export const nameIn = (choices: readonly Choice[], id: string): string =>
  choices.find((choice) => choice.id === id)?.name ?? 'somebody or something that is gone'

const labelsByName: Readonly<Record<string, string>> = networkLabels
export const networkName = (platform: string): string => labelsByName[platform] ?? platform

export const kindOptions = [
  { value: 'comment', label: 'Comment' },
  { value: 'mention', label: 'Mention' },
  { value: 'dm', label: 'Direct message' },
  { value: 'review', label: 'Review' },
  { value: 'share', label: 'Share' },
  { value: 'reaction', label: 'Reaction' },
] as const

export const sayIntent = (intent: string): string => {
  const words = intentInWords(intent)
  return words.charAt(0).toUpperCase() + words.slice(1)
}
export const intentOptions = messageIntents.map((value) => ({ value, label: sayIntent(value) }))

export const momentLabels: Record<RuleMoment, string> = {
  conversation: 'A conversation begins',
  message: 'Somebody says something',
  sla_warned: 'A promise is soon due',
  sla_breached: 'A promise is broken',
  escalated: 'AI leaves it to a person',
}

/** Minutes as people say them: 90 is “1 h 30 min”. */
export function sayMinutes(minutes: number): string {
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60]
  return [days && `${days} d`, hours && `${hours} h`, (rest || minutes === 0) && `${rest} min`]
    .filter(Boolean)
    .join(' ')
}
