import { linkPlace, type LinkPlace } from '@/lib/platforms/limits'
import type { Limits, MediaKind, OptionField, OptionValues } from '@/lib/platforms/platform'
import { measure, ruleFor, type NetworkName, type TextRule } from '@/lib/platforms/text'
import { called } from './file-answers'
import { mediaProblems } from './media-rules'
import { closingChoice, limitsOf, optionProblems } from './option-rules'
import { pollProblems } from './poll-rules'
import type { PostContent, PostOverride, Problem } from '../schema'
import { tagged, tagLinks } from '../write/tags'

/** What must be known of an account to judge a post for it. Plain values: it travels to the browser. */
export type JudgedAccount = {
  readonly id: string
  readonly platform: NetworkName
  /** What people call its network. */
  readonly label: string
  readonly limits: Limits
  /** What must or may be chosen for a post there. */
  readonly options: readonly OptionField[]
  readonly threads: boolean
  readonly firstComment: boolean
}

export type JudgedMedia = {
  readonly id: string
  readonly name: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
  /** In pixels; absent when the file does not say. */
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly codec?: string | null
  readonly soundCodec?: string | null
  readonly fps?: number | null
  readonly pages?: number
  /** Of a GIF; absent where nobody counted them. */
  readonly frames?: number
  readonly alt: string
}

/** What one account will say: the post's own words, but where the account has its own. */
export function mergedContent(content: PostContent, override: PostOverride | null | undefined): PostContent {
  if (!override) return content
  const { link, firstComment, poll, options: _, ...rest } = override
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  // What is said of a page is not said of another one.
  const isOther = link !== undefined && link !== content.link
  const merged: PostContent = {
    ...content,
    ...(isOther ? { linkTitle: undefined, linkDescription: undefined } : {}),
    ...given,
  }
  // null takes away what the post has; undefined leaves it.
  if (link !== undefined) merged.link = link ?? undefined
  if (poll !== undefined) merged.poll = poll ?? undefined
  if (firstComment !== undefined) merged.firstComment = firstComment ?? undefined
  return merged
}

type Found = Omit<Problem, 'accountId' | 'platform'>
const refusal = (field: Problem['field'], message: string): Found => ({ field, severity: 'refusal', message })
const advice = (field: Problem['field'], message: string): Found => ({ field, severity: 'advice', message })

/**
 * What stands between a post and a network, in words for its author. Texts are counted as they will be sent, with the
 * tags on their links, and judged in the format that was chosen. Pure: the composer shows it live, and the server
 * refuses to schedule what has a refusal in it.
 */
export function problems(
  content: PostContent,
  override: PostOverride | null | undefined,
  given: JudgedAccount,
  media: readonly JudgedMedia[],
): readonly Problem[] {
  if (given.limits.answersOnly)
    return [
      {
        field: 'targets',
        severity: 'refusal',
        message: `${given.label} has no place for posts. Take it off the post, and answer people there in the inbox.`,
        accountId: given.id,
        platform: given.platform,
      },
    ]
  const merged = mergedContent(content, override)
  const account = { ...given, limits: limitsOf(given, override?.options) }
  const found = [
    ...textProblems(merged, account),
    ...titleProblems(merged, account),
    ...linkProblems(merged, account),
    ...pollProblems(merged, account, override?.options, countedText(merged, account)),
    ...threadProblems(merged, account, media, override?.options),
    ...commentProblems(merged, account, override?.options),
    ...neededMedia(merged, account, media),
    ...mediaProblems(merged.mediaIds, merged.alts, account, media, override?.options),
    ...optionProblems(
      override?.options ?? {},
      account,
      merged.mediaIds.map((id) => media.find((file) => file.id === id)?.kind),
    ),
  ]
  return found.map((each) => ({ ...each, accountId: account.id, platform: account.platform }))
}

/** Where a post's link goes on a network. */
export const placeOfLink = (
  { mediaIds, poll }: Pick<PostContent, 'mediaIds' | 'poll'>,
  { limits }: Pick<JudgedAccount, 'limits'>,
): LinkPlace => linkPlace(limits, { media: mediaIds.length > 0, poll: poll !== undefined })

/** The text as it is counted: networks that have no field for a link get it at the end of the text. */
export function countedText(content: PostContent, account: JudgedAccount): string {
  const { text, link, utm } = content
  const tagLinked = tagLinks(text, utm)
  const url = link && tagged(link, utm)
  return placeOfLink(content, account) !== 'text' || !url || tagLinked.includes(url)
    ? tagLinked
    : `${tagLinked.trimEnd()}\n\n${url}`
}

/** How the main text is counted: as what it is beside a poll or files, where the network counts those on their own. */
export function textRule(
  { mediaIds, poll }: Pick<PostContent, 'mediaIds' | 'poll'>,
  { platform, limits }: JudgedAccount,
): TextRule {
  const asked = poll && limits.poll?.text
  const field = asked ?? (mediaIds.length > 0 && limits.text.field === 'post' ? 'caption' : undefined)
  return (field && ruleFor(field, platform, limits)) ?? limits.text
}

const counted = (field: Problem['field'], text: string, rule: TextRule): Found[] =>
  measure(text, rule).problems.map((message) => refusal(field, message))

function textProblems(merged: PostContent, account: JudgedAccount): Found[] {
  const { label, limits } = account
  const hasText = merged.text.trim() !== ''
  const hasTitle = limits.title !== undefined && !limits.title.besideOnly && Boolean(merged.title)
  const hasPoll = limits.poll !== undefined && merged.poll !== undefined
  if (!hasText && merged.mediaIds.length === 0 && !merged.link && !hasTitle && !hasPoll)
    return [refusal('text', `There is nothing to post on ${label} yet: write something, or add a picture or a video.`)]
  if (limits.needsText && merged.mediaIds.length === 0 && countedText(merged, account).trim() === '')
    return [refusal('text', `${label} wants a text. Write one.`)]
  // Without this a format that shows no text would ask to remove every character.
  if (limits.text.max === 0)
    return hasText ? [advice('text', `${label} shows no text in this format: what you wrote is left out.`)] : []
  return counted('text', countedText(merged, account), textRule(merged, account))
}

function titleProblems({ title }: PostContent, { label, limits }: JudgedAccount): Found[] {
  if (!limits.title) return []
  if (!title) return limits.title.required ? [refusal('title', `${label} wants a title. Write one.`)] : []
  return counted('title', title, limits.title.rule).map((each) => ({ ...each, message: `Title: ${each.message}` }))
}

function neededMedia({ mediaIds }: PostContent, { label, limits }: JudgedAccount, media: readonly JudgedMedia[]) {
  const { needsMedia } = limits
  if (!needsMedia || media.some(({ id, kind }) => mediaIds.includes(id) && needsMedia.includes(kind))) return []
  // What is gone may have been of the right kind; that it is gone is said already.
  if (mediaIds.some((id) => !media.some((file) => file.id === id))) return []
  return [refusal('media', `${label} wants ${needsMedia.map((kind) => called[kind].one).join(' or ')} here. Add one.`)]
}

function linkProblems(content: PostContent, account: JudgedAccount): Found[] {
  const { text, link, poll } = content
  const { label, limits } = account
  if (!link) return limits.needsLink ? [refusal('link', `${label} wants a link here. Add one.`)] : []
  if (placeOfLink(content, account) !== 'none') return []
  if (limits.text.max === 0)
    // Where the link is what is posted, each file says of itself that it may not be there.
    return limits.needsLink
      ? []
      : [advice('link', `${label} shows no link in this format: the one of this post is left out.`)]
  if (text.includes(link)) return []
  const shown = poll && limits.poll ? 'a poll' : 'media'
  return [refusal('link', `${label} shows ${shown} or a link card, not both. Put the link into the text.`)]
}

function threadProblems(
  merged: PostContent,
  account: JudgedAccount,
  media: readonly JudgedMedia[],
  chosen: OptionValues = {},
): Found[] {
  const { thread, utm } = merged
  const { label } = account
  if (thread.length === 0) return []
  if (!account.threads)
    return [refusal('thread', `${label} has no threads. Give this account one text of its own, without further posts.`)]
  const max = account.limits.threadMax
  const rule = ruleFor('reply', account.platform, account.limits) ?? account.limits.text
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
              ...mediaProblems(part.mediaIds, merged.alts, account, media, chosen),
            ]
      return within.map((each) => ({ ...each, message: `Post ${index + 2} of the thread: ${each.message}` }))
    }),
  ]
}

function commentProblems({ firstComment, utm }: PostContent, account: JudgedAccount, chosen?: OptionValues): Found[] {
  if (!firstComment?.trim()) return []
  if (!account.firstComment)
    return [refusal('firstComment', `${account.label} lets no program write a first comment. Put it into the text.`)]
  const closing = closingChoice(account, chosen)
  if (closing)
    return [
      refusal(
        'firstComment',
        `${account.label} takes no comments with “${closing}”. Leave the first comment out there.`,
      ),
    ]
  return counted(
    'firstComment',
    tagLinks(firstComment, utm),
    ruleFor('comment', account.platform, account.limits) ?? account.limits.text,
  ).map((each) => ({ ...each, message: `First comment: ${each.message}` }))
}
