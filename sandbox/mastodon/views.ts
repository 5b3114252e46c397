import { z } from 'zod'
import { avatarUrl } from '../core/avatar-route'
import { countsOf } from '../core/growth'
import { type World, accountByHandle, accountById, mediaById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { mediaView } from './media'
import { contentOf, namesIn, tagsIn } from './text'

/** What a status has beside its text, as kept with it. */
export const StatusRecord = z.object({
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']),
  sensitive: z.boolean(),
  warning: z.string(),
  language: z.string().nullable(),
  quotes: z.enum(['public', 'followers', 'nobody']),
  mediaIds: z.array(z.string()),
  poll: z.object({ options: z.array(z.string()), expiresAt: z.number(), multiple: z.boolean() }).nullable(),
  editedAt: z.number().nullable(),
  /** The status that it quotes. */
  quoted: z.string().optional(),
})
export type StatusRecord = z.infer<typeof StatusRecord>

const iso = (at: number): string => new Date(at).toISOString()

export function accountView(world: World, account: Account) {
  const url = `${world.url()}/@${account.handle}`
  const picture = avatarUrl(world, account.id)
  const last = world.posts.of(account.id).at(-1)
  return {
    id: account.id,
    username: account.handle,
    acct: account.handle,
    display_name: account.name,
    locked: false,
    bot: false,
    discoverable: true,
    indexable: true,
    group: false,
    created_at: iso(account.createdAt),
    note: account.bio,
    url,
    uri: `${world.url()}/users/${account.handle}`,
    avatar: picture,
    avatar_static: picture,
    header: picture,
    header_static: picture,
    followers_count: 1_204,
    following_count: 310,
    statuses_count: world.posts.of(account.id).length,
    last_status_at: last ? iso(last.createdAt).slice(0, 10) : null,
    emojis: [],
    fields: [],
  }
}

export function credentialView(world: World, account: Account) {
  return {
    ...accountView(world, account),
    source: {
      privacy: 'public',
      sensitive: false,
      language: null,
      note: account.bio,
      fields: [],
      follow_requests_count: 0,
      indexable: true,
    },
    role: { id: '-99', name: '', color: '', permissions: '0', highlighted: false },
  }
}

function statusView(world: World, author: Account, post: Post) {
  const record = StatusRecord.parse(post.record)
  const url = world.url()
  const answers = world.posts.answersTo(post.id).filter((p) => isVisible(p, world.now()))
  const figures = countsOf(world, post)
  const parent = post.parentId === undefined ? undefined : world.posts.get(post.parentId)
  return {
    id: post.id,
    created_at: iso(post.createdAt),
    edited_at: record.editedAt === null ? null : iso(record.editedAt),
    in_reply_to_id: parent?.id ?? null,
    in_reply_to_account_id: parent?.accountId ?? null,
    sensitive: record.sensitive || record.warning !== '',
    spoiler_text: record.warning,
    visibility: record.visibility,
    language: record.language,
    uri: `${url}/users/${author.handle}/statuses/${post.id}`,
    url: `${url}/@${author.handle}/${post.id}`,
    content: contentOf(post.text, url),
    account: accountView(world, author),
    media_attachments: record.mediaIds.flatMap((id) => {
      const media = mediaById(world, id)
      return media ? [mediaView(world, media)] : []
    }),
    mentions: namesIn(post.text).flatMap((name) => {
      const named = accountByHandle(world, name)
      return named ? [{ id: named.id, username: named.handle, acct: named.handle, url: `${url}/@${named.handle}` }] : []
    }),
    tags: tagsIn(post.text).map((name) => ({ name: name.toLowerCase(), url: `${url}/tags/${name}` })),
    emojis: [],
    card: null,
    reblog: null,
    favourites_count: figures.likes,
    reblogs_count: figures.shares,
    replies_count: answers.length,
    quotes_count: figures.quotes,
    quote: quoteView(world, record.quoted),
    quote_approval: {
      automatic: record.quotes === 'nobody' ? [] : [record.quotes],
      manual: [],
      current_user: 'automatic',
    },
    favourited: false,
    reblogged: false,
    muted: false,
    bookmarked: false,
    pinned: false,
    poll: record.poll && pollView(world, post.id, record.poll),
  }
}

/** In a quote stands the quoted status without what it quotes in its turn. */
function quoteView(world: World, id: string | undefined): { state: string; quoted_status: object | null } | null {
  const post = id === undefined ? undefined : world.posts.get(id)
  if (!post) return null
  const isThere = isVisible(post, world.now())
  return {
    state: isThere ? 'accepted' : 'deleted',
    quoted_status: isThere ? { ...viewOf(world, post), quote: null } : null,
  }
}

function pollView(world: World, id: string, poll: NonNullable<StatusRecord['poll']>) {
  return {
    id,
    expires_at: iso(poll.expiresAt),
    expired: poll.expiresAt <= world.now(),
    multiple: poll.multiple,
    votes_count: 0,
    voters_count: 0,
    options: poll.options.map((title) => ({ title, votes_count: 0 })),
    emojis: [],
    voted: false,
    own_votes: [],
  }
}

export function viewOf(world: World, post: Post) {
  const author = accountById(world, post.accountId)
  if (!author) throw new Error(`Status ${post.id} has no author`)
  return statusView(world, author, post)
}
