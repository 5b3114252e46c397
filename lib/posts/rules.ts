import { fieldRules, measure, networkLabels, type NetworkName, type TextRule } from '@/lib/platforms/text'
import type { Limits, MediaKind } from '@/lib/platforms/platform'
import { mediaProblems } from './media-rules'
import type { PostContent, PostOverride, Problem } from './schema'
import { hasLink, tagged, tagLinks } from './tags'

/** What must be known of an account to judge a post for it. Plain values: it travels to the browser. */
export type JudgedAccount = {
  readonly id: string
  readonly platform: NetworkName
  readonly limits: Limits
  readonly threads: boolean
  readonly firstComment: boolean
}

export type JudgedMedia = {
  readonly id: string
  readonly name: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
  readonly durationMs?: number
  readonly alt: string
}

/** What one account will say: the post's own words, but where the account has its own. */
export function mergedContent(content: PostContent, override: PostOverride | null | undefined): PostContent {
  if (!override) return content
  const { link, firstComment, poll, options: _, ...rest } = override
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  const merged: PostContent = { ...content, ...given }
  // null takes away what the post has; undefined leaves it.
  if (link !== undefined) merged.link = link ?? undefined
  if (poll !== undefined) merged.poll = poll ?? undefined
  if (firstComment !== undefined) merged.firstComment = firstComment ?? undefined
  return merged
}

type Found = Omit<Problem, 'accountId' | 'platform'>
const refusal = (field: Problem['field'], message: string): Found => ({ field, severity: 'refusal', message })

/**
 * What stands between a post and a network, in words for its author. Texts are counted as they will be sent, with the
 * tags on their links. Pure: the composer shows it live, and the server refuses to schedule what has a refusal in it.
 */
export function problems(
  content: PostContent,
  override: PostOverride | null | undefined,
  account: JudgedAccount,
  media: readonly JudgedMedia[],
): readonly Problem[] {
  const merged = mergedContent(content, override)
  const found = [
    ...textProblems(merged, account),
    ...linkProblems(merged, account),
    ...threadProblems(merged, account, media),
    ...commentProblems(merged, account),
    ...mediaProblems(merged.mediaIds, merged.alts, account, media),
  ]
  return found.map((each) => ({ ...each, accountId: account.id, platform: account.platform }))
}

/** The text as it is counted: networks that have no field for a link get it at the end of the text. */
export function countedText({ text, link, utm }: PostContent, { limits }: JudgedAccount): string {
  const tagLinked = tagLinks(text, utm)
  const url = link && tagged(link, utm)
  return !limits.link?.inText || !url || tagLinked.includes(url) ? tagLinked : `${tagLinked.trimEnd()}\n\n${url}`
}

const counted = (field: Problem['field'], text: string, rule: TextRule): Found[] =>
  measure(text, rule).problems.map((message) => refusal(field, message))

function textProblems(merged: PostContent, account: JudgedAccount): Found[] {
  const label = networkLabels[account.platform]
  if (merged.text.trim() === '' && merged.mediaIds.length === 0 && !merged.link)
    return [refusal('text', `There is nothing to post on ${label} yet: write something, or add a picture or a video.`)]
  return counted('text', countedText(merged, account), account.limits.text)
}

function linkProblems({ text, link, mediaIds }: PostContent, { platform, limits }: JudgedAccount): Found[] {
  if (!link || mediaIds.length === 0 || limits.link?.besideMedia !== false || text.includes(link)) return []
  return [
    refusal('link', `${networkLabels[platform]} shows media or a link card, not both. Put the link into the text.`),
  ]
}

function threadProblems(merged: PostContent, account: JudgedAccount, media: readonly JudgedMedia[]): Found[] {
  const { thread, utm } = merged
  if (thread.length === 0) return []
  const label = networkLabels[account.platform]
  if (!account.threads)
    return [refusal('thread', `${label} has no threads. Give this account one text of its own, without further posts.`)]
  const max = account.limits.threadMax
  const rule = fieldRules[account.platform].reply ?? account.limits.text
  return [
    ...(thread.length + 1 > max
      ? [refusal('thread', `${label} takes threads of ${max} posts, this has ${thread.length + 1}. Remove some.`)]
      : []),
    ...thread.flatMap((part, index) => {
      const within =
        part.text.trim() === '' && part.mediaIds.length === 0
          ? [refusal('thread', 'it is empty. Write something, or remove it.')]
          : [
              ...counted('thread', tagLinks(part.text, utm), rule),
              ...mediaProblems(part.mediaIds, merged.alts, account, media),
            ]
      return within.map((each) => ({ ...each, message: `Post ${index + 2} of the thread: ${each.message}` }))
    }),
  ]
}

function commentProblems({ firstComment, utm }: PostContent, account: JudgedAccount): Found[] {
  if (!firstComment?.trim()) return []
  const label = networkLabels[account.platform]
  if (!account.firstComment)
    return [refusal('firstComment', `${label} lets no program write a first comment. Put it into the text.`)]
  return counted(
    'firstComment',
    tagLinks(firstComment, utm),
    fieldRules[account.platform].comment ?? account.limits.text,
  ).map((each) => ({ ...each, message: `First comment: ${each.message}` }))
}

/** What sending costs at the network, in millionths of a US dollar; undefined where posting is free. */
export function priceMicros(
  content: PostContent,
  override: PostOverride | null | undefined,
  { limits, threads, firstComment }: JudgedAccount,
): number | undefined {
  const { price } = limits
  if (!price) return undefined
  const merged = mergedContent(content, override)
  const of = (withLink: boolean) => (withLink ? price.postWithLinkMicros : price.postMicros)
  const replies = [
    ...(threads ? merged.thread.map((part) => part.text) : []),
    ...(firstComment && merged.firstComment ? [merged.firstComment] : []),
  ]
  return replies.reduce((sum, text) => sum + of(hasLink(text)), of(Boolean(merged.link) || hasLink(merged.text)))
}
