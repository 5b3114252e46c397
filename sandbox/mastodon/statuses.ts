import { z } from 'zod'
import { type Call, type Reply, type Route, header, json, param } from '../core/call'
import { type World, accountByHandle, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Media, Post } from '../core/state'
import { userOf } from './caller'
import { fieldsOf } from './fields'
import { snowflake } from './ids'
import { maxFiles, pollBounds } from './instance'
import { isReady, unattached } from './media'
import { notify } from './notifications'
import { invalid, notFound, refused } from './problems'
import type { Lines } from './streaming'
import { isTooLong, namesIn, rich } from './text'
import { StatusRecord, viewOf } from './views'

/** docs.joinmastodon.org/methods/statuses/#create: "stored for up to 1 hour". */
const keyLifeMs = 3_600_000
const truth = z.union([z.boolean(), z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1')])

const NewStatus = z.object({
  status: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  media_ids: z
    .array(z.string())
    .nullish()
    .transform((ids) => ids ?? []),
  poll: z
    .object({
      options: z.array(z.string()).default([]),
      expires_in: z.coerce.number().int().default(0),
      multiple: truth.default(false),
    })
    .nullish(),
  in_reply_to_id: z.string().nullish(),
  sensitive: truth.nullish(),
  spoiler_text: z
    .string()
    .nullish()
    .transform((text) => text ?? ''),
  visibility: z.enum(['public', 'unlisted', 'private', 'direct']).nullish(),
  language: z.string().nullish(),
  quote_approval_policy: z.enum(['public', 'followers', 'nobody']).nullish(),
})
export type NewStatus = z.infer<typeof NewStatus>

export const textOf = (call: Call): string | undefined => {
  const { status } = fieldsOf(call)
  return typeof status === 'string' ? status : undefined
}

export function statusRoutes(world: World, lines: Lines): readonly Route[] {
  const path = '/api/v1/statuses/:id'
  const every = { name: 'account', max: 300, windowMs: 5 * 60_000 }
  return [
    {
      method: 'POST',
      path: '/api/v1/statuses',
      operation: 'publish',
      limit: every,
      handle: (call) => publish(world, lines, call),
    },
    {
      method: 'PUT',
      path,
      operation: 'edit',
      limit: every,
      handle: (call) => edit(world, lines, call),
    },
    {
      method: 'DELETE',
      path,
      operation: 'delete',
      limit: { name: 'delete', max: 30, windowMs: 30 * 60_000 },
      handle: (call) => remove(world, lines, call),
    },
  ]
}

function publish(world: World, lines: Lines, call: Call): Reply {
  const caller = userOf(world, call, 'write:statuses')
  if ('refusal' in caller) return caller.refusal
  const key = header(call, 'idempotency-key')
  const fact = `key:${caller.account.id}:${key}`
  const known = key === undefined ? undefined : world.posts.get(keptUnder(world, fact))
  if (known) return json(200, viewOf(world, known))
  const parsed = NewStatus.safeParse(fieldsOf(call))
  if (!parsed.success) return invalid(parsed.error.issues.map((i) => `${i.path.join(' ')} is invalid`).join(', '))
  const wish = parsed.data
  const parent = wish.in_reply_to_id ? world.posts.get(wish.in_reply_to_id) : undefined
  // An index that lags hides a status from lists, not from being answered.
  if (wish.in_reply_to_id && (!parent || parent.deletedAt !== undefined)) return notFound()
  const refusal = refuse(wish)
  if (refusal) return refusal
  const files = attach(world, caller.account, wish)
  if ('status' in files) return files
  for (const file of files) file.used = true
  const post = say(world, lines, call, caller.account, wish, { files, parent, ...(key === undefined ? {} : { key }) })
  if (key !== undefined) world.state.facts[fact] = JSON.stringify([post.id, world.now()])
  return json(200, viewOf(world, post))
}

function keptUnder(world: World, fact: string): string {
  const kept = z.tuple([z.string(), z.number()]).safeParse(JSON.parse(world.state.facts[fact] ?? 'null'))
  return kept.success && world.now() - kept.data[1] < keyLifeMs ? kept.data[0] : ''
}

function refuse(wish: NewStatus): Reply | undefined {
  const { status, media_ids, poll, spoiler_text } = wish
  if (status.trim() === '' && media_ids.length === 0 && spoiler_text === '') return invalid("Text can't be blank")
  if (isTooLong(status, spoiler_text)) return invalid('Text character limit of 500 exceeded')
  if (!poll) return undefined
  if (media_ids.length > 0) return refused('Cannot attach files to a status with a poll')
  if (poll.options.length < 2) return invalid('Poll must have more than one item')
  if (poll.options.length > pollBounds.options)
    return invalid(`Poll can't contain more than ${pollBounds.options} items`)
  if (poll.options.some((o) => [...o].length > pollBounds.characters))
    return invalid(`Poll can't be longer than ${pollBounds.characters} characters each`)
  if (new Set(poll.options).size < poll.options.length) return invalid('Poll contains duplicate items')
  if (poll.expires_in < pollBounds.minSeconds) return invalid('Poll duration is too soon')
  return poll.expires_in > pollBounds.maxSeconds ? invalid('Poll is too far into the future') : undefined
}

function attach(world: World, account: Account, { media_ids }: NewStatus): readonly Media[] | Reply {
  if (media_ids.length > maxFiles) return invalid(`Cannot attach more than ${maxFiles} files`)
  const files = media_ids.flatMap((id) => unattached(world, account, id) ?? [])
  const missing = media_ids.filter((id) => files.every((m) => m.id !== id))
  if (missing.length > 0) return refused(`Media ${missing.join(', ')} not found or already attached to another post`)
  if (files.length > 1 && files.some((m) => m.kind === 'video'))
    return invalid('Cannot attach a video to a post that already contains images')
  if (!files.every((m) => isReady(world, m)))
    return invalid('Cannot attach files that have not finished processing. Try again in a moment!')
  return files
}

/** Makes a status visible and tells everybody it concerns. */
export function say(
  world: World,
  lines: Lines,
  call: Pick<Call, 'faults'>,
  author: Account,
  wish: NewStatus,
  more: {
    readonly files: readonly Media[]
    readonly parent: Post | undefined
    readonly key?: string
    readonly quoted?: Post
  },
): Post {
  const { files, parent, key, quoted } = more
  const record: StatusRecord = {
    visibility: wish.visibility ?? 'public',
    sensitive: wish.sensitive ?? false,
    warning: wish.spoiler_text,
    language: wish.language ?? null,
    quotes: wish.quote_approval_policy ?? 'public',
    mediaIds: files.map(({ id }) => id),
    poll: wish.poll
      ? {
          options: wish.poll.options,
          expiresAt: world.now() + wish.poll.expires_in * 1000,
          multiple: wish.poll.multiple,
        }
      : null,
    editedAt: null,
    ...(quoted ? { quoted: quoted.id } : {}),
  }
  const post = show(world, call, {
    id: snowflake(world),
    account: author,
    kind: parent ? 'reply' : 'post',
    text: wish.status,
    rich: rich(wish.status, world.url()),
    record,
    media: files.map((m) => ({ blob: m.blob ?? '', mime: m.mime, alt: m.alt })),
    ...(wish.poll ? { poll: wish.poll.options } : {}),
    ...(parent ? { parentId: parent.id, rootId: parent.rootId ?? parent.id } : {}),
    ...(key === undefined ? {} : { key }),
  })
  lines.tell(author.id, 'update', viewOf(world, post))
  for (const name of new Set(namesIn(wish.status).map((n) => n.toLowerCase()))) {
    const named = accountByHandle(world, name)
    if (named && named.id !== author.id) notify(world, lines, 'mention', named, author, post)
  }
  const quotee = quoted && accountById(world, quoted.accountId)
  if (quotee && quotee.id !== author.id) notify(world, lines, 'quote', quotee, author, post)
  return post
}

/** The caller's own status, or Mastodon's refusal. */
function own(world: World, call: Call): { post: Post; account: Account } | { refusal: Reply } {
  const caller = userOf(world, call, 'write:statuses')
  if ('refusal' in caller) return caller
  const post = world.posts.get(param(call, 'id'))
  const isOwn = post?.accountId === caller.account.id && post.deletedAt === undefined
  return post && isOwn ? { post, account: caller.account } : { refusal: notFound() }
}

/** Those whose streams carry news of a status: its author and whoever it names. */
const concerned = (world: World, post: Post): readonly string[] => [
  post.accountId,
  ...namesIn(post.text).flatMap((name) => accountByHandle(world, name)?.id ?? []),
]

function edit(world: World, lines: Lines, call: Call): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  const parsed = NewStatus.safeParse(fieldsOf(call))
  if (!parsed.success) return invalid('Text is invalid')
  const refusal = refuse(parsed.data)
  if (refusal) return refusal
  const view = rewrite(world, lines, found.post, parsed.data.status)
  return json(200, view)
}

/** Gives a status other words. */
function rewrite(world: World, lines: Lines, post: Post, text: string) {
  post.text = text
  post.rich = rich(text, world.url())
  post.record = { ...StatusRecord.parse(post.record), editedAt: world.now() }
  const view = viewOf(world, post)
  for (const id of concerned(world, post)) lines.tell(id, 'status.update', view)
  return view
}

/** A reader gave a status other words, or took it away. */
export function tellChange(world: World, lines: Lines, post: Post, how: 'edited' | 'remove'): void {
  if (how === 'edited') rewrite(world, lines, post, post.text)
  else tellGone(world, lines, post)
}

function tellGone(world: World, lines: Lines, post: Post): void {
  for (const id of concerned(world, post)) lines.tell(id, 'delete', post.id)
}

function remove(world: World, lines: Lines, call: Call): Reply {
  const found = own(world, call)
  if ('refusal' in found) return found.refusal
  const view = viewOf(world, found.post)
  found.post.deletedAt = world.now()
  tellGone(world, lines, found.post)
  return json(200, { ...view, text: found.post.text })
}

/** May an account see a status? Its author may, and whoever it is for. */
export function maySee(world: World, post: Post, viewer: Account): boolean {
  if (!isVisible(post, world.now())) return false
  const { visibility } = StatusRecord.parse(post.record)
  if (post.accountId === viewer.id || visibility === 'public' || visibility === 'unlisted') return true
  const author = accountById(world, post.accountId)
  return author !== undefined && namesIn(post.text).some((name) => name.toLowerCase() === viewer.handle.toLowerCase())
}
