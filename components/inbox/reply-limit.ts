import { fieldRules, measure, networkNames, type TextRule } from '@/lib/platforms/text'
import type { ConversationCard, MessageCard } from '@/lib/inbox/schema'

/** How much may still be written, and what the network would refuse; by the server's own rules, where they are known here. */
export function limitOf(
  { platform }: Pick<ConversationCard, 'platform'>,
  { kind }: Pick<MessageCard, 'kind'>,
  text: string,
  /** How the words are counted beside files, where there are files and that differs. */
  caption?: TextRule,
): { readonly remaining: number | null; readonly problems: readonly string[] } {
  const network = networkNames.find((name) => name === platform)
  const rules = network && fieldRules[network]
  const rule = (kind === 'dm' ? rules?.message : rules?.comment) ?? rules?.reply
  const counted = caption ?? rule
  if (!counted || text === '') return { remaining: null, problems: [] }
  const { remaining, problems } = measure(text, counted)
  return { remaining, problems }
}
