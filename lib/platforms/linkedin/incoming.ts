import type { Incoming } from '../platform'
import type { Comment, Notification } from './api'
import { toPublished, toPublishedComment } from './translate'

/**
 * On which post an answer is, and under which comment; with `ask` a comment's number where it may stand below another, under
 * which the answer belongs then.
 */
export type AnswerTo = { readonly on: string; readonly under?: string; readonly ask?: string }

const realWebUrl = 'https://www.linkedin.com'

/**
 * LinkedIn names people by their URN alone. What its Profile API tells of others may be shown and never stored
 * (learn.microsoft.com/linkedin/shared/integrations/people/profile-api, a stored copy, read 2026-11-25): they stay
 * without a name here. Pages have theirs.
 */
function authorOf(urn: string): Incoming['author'] {
  const name = urn.startsWith('urn:li:organization:') ? 'A page on LinkedIn' : 'Somebody on LinkedIn'
  return { externalId: urn, handle: name, displayName: name, nameless: true }
}

const numberOf = (commentUrn: string): string | undefined => /,(\d+)\)$/.exec(commentUrn)?.[1]

const stampOf = ({ created, lastModified }: Comment): number => lastModified?.time ?? created?.time ?? 0
/** One saying of a comment: edited, it is another. */
export const sayingOf = (comment: Comment): { readonly name: string; readonly at: number } => ({
  name: `${comment.id}:${stampOf(comment)}`,
  at: stampOf(comment),
})

/** A comment as it is listed under our post. */
export function fromComment(comment: Comment, me: string, post: string, webUrl: string): Incoming {
  const own = comment.commentUrn ?? `urn:li:comment:(${post},${comment.id})`
  const parent = comment.parentComment ?? undefined
  const isEdited = comment.created !== undefined && stampOf(comment) > comment.created.time
  // Threads are two deep: what answers an answer stands beside it.
  const ref: AnswerTo = { on: post, under: parent ?? own }
  return {
    externalId: comment.id,
    kind: 'comment',
    change: isEdited ? 'edited' : 'new',
    text: comment.message.text,
    at: new Date(stampOf(comment)).toISOString(),
    author: authorOf(comment.actor),
    own: comment.actor === me,
    conversation: post,
    parent: (parent && numberOf(parent)) ?? post,
    post,
    url: toPublishedComment(webUrl, post, comment.id).url,
    media: [],
    ref,
  }
}

const commentChanges = {
  COMMENT: 'new',
  ADMIN_COMMENT: 'new',
  COMMENT_EDIT: 'edited',
  COMMENT_DELETE: 'deleted',
} as const
const changeOf = (action: string): Incoming['change'] | undefined =>
  Object.hasOwn(commentChanges, action) ? commentChanges[action as keyof typeof commentChanges] : undefined

/** What may be asked for and is reported (Organization Social Action Notifications, through client code, 2026-11-25). */
export const heardActions = [
  'COMMENT',
  'ADMIN_COMMENT',
  'COMMENT_EDIT',
  'COMMENT_DELETE',
  'LIKE',
  'SHARE',
  'SHARE_MENTION',
]

/** Who liked, where that is told by the name of the like alone. */
const ownerIn = (activity: string | null | undefined): string | undefined =>
  /\((urn:li:(?:person|organization):[^,)]+)/.exec(activity ?? '')?.[1]

/** What happened to the page `me`, as it is listed and reported. Undefined for what is nobody's word to it. */
export function fromNotification(told: Notification, me: string, webUrl = realWebUrl): Incoming | undefined {
  const { action, sourcePost, generatedActivity, decoratedGeneratedActivity, lastModifiedAt } = told
  const { comment, share, like } = decoratedGeneratedActivity ?? {}
  const at = new Date(lastModifiedAt).toISOString()
  const change = changeOf(action)
  if (change) {
    const urn = comment?.entity ?? generatedActivity
    const id = urn && numberOf(urn)
    if (!urn || !id || !sourcePost) return undefined
    const owner = comment?.owner ?? (action === 'ADMIN_COMMENT' ? me : '')
    const ref: AnswerTo = { on: sourcePost, under: urn, ask: id }
    return {
      externalId: id,
      kind: 'comment',
      change,
      text: comment?.text ?? '',
      at,
      author: authorOf(owner),
      own: owner === me,
      conversation: sourcePost,
      post: sourcePost,
      url: toPublishedComment(webUrl, sourcePost, id).url,
      media: [],
      ref,
      // Whether it answers the post or a comment under it only the comment itself says, to whoever asks for it. What others
      // say comes in before that; by ours somebody may have an answer.
      unplaced: true,
      ...(owner === me && change === 'new' ? { bare: true } : {}),
    }
  }
  const owner = share?.owner ?? like?.owner ?? ownerIn(generatedActivity)
  // The page itself did it: a post of its own, a like of its own.
  if (!owner || owner === me) return undefined
  const common = { change: 'new', at, author: authorOf(owner), own: false, media: [] } as const
  if (action === 'LIKE' && sourcePost)
    return {
      ...common,
      kind: 'reaction',
      externalId: `${sourcePost}:${owner}:like`,
      text: '',
      reaction: '👍',
      conversation: sourcePost,
      parent: sourcePost,
      post: sourcePost,
      url: toPublished(webUrl, sourcePost).url,
      ref: {},
    }
  if (!share || (action !== 'SHARE' && action !== 'SHARE_MENTION')) return undefined
  const isMention = action === 'SHARE_MENTION'
  const ref: AnswerTo = { on: share.entity }
  return {
    ...common,
    kind: isMention ? 'mention' : 'share',
    externalId: share.entity,
    text: share.text ?? '',
    conversation: isMention ? share.entity : (sourcePost ?? share.entity),
    ...(!isMention && sourcePost ? { parent: sourcePost, post: sourcePost } : {}),
    url: toPublished(webUrl, share.entity).url,
    ref: isMention ? ref : {},
  }
}
