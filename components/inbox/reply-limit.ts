import { measure, type TextRule } from '@/lib/platforms/text'
import type { ConversationDetail } from '@/lib/inbox/schema'

/** How much may still be written, and what the network would refuse, by the rules of the account that answers. */
export function limitOf(
  { answering }: Pick<ConversationDetail, 'answering'>,
  text: string,
  /** How the words are counted beside files, where there are files and that differs. */
  caption?: TextRule,
): { readonly remaining: number | null; readonly problems: readonly string[] } {
  const rule = caption ?? answering.text
  if (!rule || text === '') return { remaining: null, problems: [] }
  const { remaining, problems } = measure(text, rule)
  return { remaining, problems }
}
