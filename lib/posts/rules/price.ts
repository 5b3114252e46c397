import { mergedContent, type JudgedAccount } from './rules'
import { limitsOf } from './option-rules'
import type { PostContent, PostOverride } from '../schema'
import { hasLink } from '../write/tags'

/** What sending costs at the network, in millionths of a US dollar; undefined where posting is free. */
export function priceMicros(
  content: PostContent,
  override: PostOverride | null | undefined,
  account: Pick<JudgedAccount, 'limits' | 'options' | 'threads' | 'firstComment'>,
): number | undefined {
  const { price } = limitsOf(account, override?.options)
  if (!price) return undefined
  const merged = mergedContent(content, override)
  const of = (withLink: boolean) => (withLink ? price.postWithLinkMicros : price.postMicros)
  const replies = [
    ...(account.threads ? merged.thread.map((part) => part.text) : []),
    ...(account.firstComment && merged.firstComment?.trim() ? [merged.firstComment] : []),
  ]
  return replies.reduce((sum, text) => sum + of(hasLink(text)), of(Boolean(merged.link) || hasLink(merged.text)))
}
