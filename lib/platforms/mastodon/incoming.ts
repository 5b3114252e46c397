import type { Incoming, IncomingKind } from '../platform'
import type { Account, Notification, Status } from './api'
import { textOfHtml } from './html'

/** Where a status stands: the statuses above it, first the root. */
export type Above = readonly Status[]

/** What is needed to answer a status. */
export type AnswerTo = {
  readonly id: string
  readonly acct: string
  readonly visibility: string
  readonly warning: string
}

const person = ({ id, acct, display_name, username, avatar, followers_count }: Account): Incoming['author'] => ({
  externalId: id,
  handle: `@${acct}`,
  displayName: display_name || username,
  ...(avatar ? { avatarUrl: avatar } : {}),
  ...(typeof followers_count === 'number' ? { followers: followers_count } : {}),
})

const mediaKinds: Readonly<Record<string, Incoming['media'][number]['kind']>> = {
  image: 'image',
  gifv: 'gif',
  video: 'video',
}

/**
 * A status that names, quotes or answers us. It is the same thing under the same name however it came. Without what stands
 * above it, it stands where that stands which it answers.
 */
export function fromStatus(status: Status, above: Above | undefined, me: string): Incoming {
  const answered = status.in_reply_to_account_id === me ? status.in_reply_to_id : undefined
  const ours = above ? above.findLast(({ account }) => account.id === me)?.id : (answered ?? undefined)
  const quoted = status.quote?.quoted_status
  const post = ours ?? (quoted?.account.id === me ? quoted.id : undefined)
  const kind: IncomingKind = status.visibility === 'direct' ? 'dm' : ours ? 'comment' : 'mention'
  const ref: AnswerTo = {
    id: status.id,
    acct: status.account.acct,
    visibility: status.visibility,
    warning: status.spoiler_text,
  }
  return {
    externalId: status.id,
    kind,
    change: status.edited_at ? 'edited' : 'new',
    text: textOfHtml(status.content),
    ...(status.language ? { language: status.language } : {}),
    at: new Date(status.edited_at ?? status.created_at).toISOString(),
    author: person(status.account),
    own: status.account.id === me,
    conversation: above?.[0]?.id ?? status.in_reply_to_id ?? status.id,
    ...(above || !status.in_reply_to_id ? {} : { conversationOf: 'parent' }),
    ...(status.in_reply_to_id ? { parent: status.in_reply_to_id } : {}),
    ...(post ? { post } : {}),
    ...(status.url ? { url: status.url } : {}),
    media: status.media_attachments.flatMap(({ type, url }) =>
      url ? [{ kind: mediaKinds[type] ?? 'file', url }] : [],
    ),
    ref,
  }
}

const done = { favourite: 'reaction', reblog: 'share' } as const

/** What somebody did with a post of ours. Undefined for what is nobody's word to us: a follow, a poll's end. */
export function fromDeed({ id, type, created_at, account, status }: Notification): Incoming | undefined {
  if (!status || (type !== 'favourite' && type !== 'reblog')) return undefined
  return {
    // Undone and done again it has another number, and was done twice.
    externalId: `notification:${id}`,
    kind: done[type],
    change: 'new',
    text: '',
    at: new Date(created_at).toISOString(),
    author: person(account),
    own: false,
    conversation: status.id,
    post: status.id,
    ...(type === 'favourite' ? { reaction: '★' } : {}),
    ...(status.url ? { url: status.url } : {}),
    media: [],
    ref: { id: status.id },
  }
}

/** All that is told of a status that was taken away is its number. */
export const goneStatus = (id: string, at: Date): Incoming => ({
  externalId: id,
  kind: 'mention',
  change: 'deleted',
  text: '',
  at: at.toISOString(),
  author: { externalId: '', handle: '', displayName: '' },
  own: false,
  conversation: id,
  media: [],
  ref: { id },
})
