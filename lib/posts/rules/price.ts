import { findEntities } from '@/lib/platforms/text'
import { mergedContent, type JudgedAccount } from './rules'
import { limitsOf } from './option-rules'
import type { PostContent, PostOverride } from '../schema'

/** As X finds links, the one network that has a price: `northwind.coffee/menu` is one, with no scheme before it. */
const hasLink = (text: string): boolean => findEntities(text).some(({ kind }) => kind === 'link')

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
