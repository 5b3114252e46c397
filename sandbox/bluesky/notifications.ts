import { z } from 'zod'
import { type Call, type Reply, type Route, json } from '../core/call'
import { type World, accountById } from '../core/network'
import type { Account } from '../core/state'
import { invalidRequest } from './problems'
import { callerOf } from './session'
import { profileView } from './views'

/** What somebody is told of. Kept as facts, in the order in which it happened. */
type Told = {
  readonly uri: string
  readonly cid: string
  readonly by: string
  readonly reason: 'like' | 'repost' | 'mention' | 'reply' | 'quote'
  readonly subject?: string
  readonly record: unknown
  readonly at: number
}

const Ref = z.object({ uri: z.string(), cid: z.string() })
const Subject = z.object({ subject: Ref })
const Post = z.object({
  reply: z.object({ parent: Ref, root: Ref }).optional(),
  facets: z.array(z.object({ features: z.array(z.object({ did: z.string().optional() })) })).optional(),
  embed: z
    .object({ record: z.union([z.object({ record: Ref }).transform(({ record }) => record), Ref]) })
    .optional()
    .catch(undefined),
})
const Query = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
})

const ownerOf = (uri: string): string => uri.split('/')[2] ?? ''
const prefixOf = (did: string): string => `told:${did}:`

/** Whom a record concerns, and why: one word for each, the nearest. */
function concerned(collection: string, record: unknown): ReadonlyMap<string, Pick<Told, 'reason' | 'subject'>> {
  const of = new Map<string, Pick<Told, 'reason' | 'subject'>>()
  if (collection === 'app.bsky.feed.like' || collection === 'app.bsky.feed.repost') {
    const { uri } = Subject.parse(record).subject
    of.set(ownerOf(uri), { reason: collection === 'app.bsky.feed.like' ? 'like' : 'repost', subject: uri })
    return of
  }
  if (collection !== 'app.bsky.feed.post') return of
  const { reply, facets = [], embed } = Post.parse(record)
  for (const { did } of facets.flatMap(({ features }) => features)) if (did) of.set(did, { reason: 'mention' })
  if (embed) of.set(ownerOf(embed.record.uri), { reason: 'quote', subject: embed.record.uri })
  if (reply)
    for (const { uri } of [reply.root, reply.parent])
      of.set(ownerOf(uri), { reason: 'reply', subject: reply.parent.uri })
  return of
}

/** Tells everybody whom a new record concerns, but not its author. */
export function tell(
  world: World,
  author: Account,
  collection: string,
  { uri, cid, value }: { readonly uri: string; readonly cid: string; readonly value: unknown },
): void {
  for (const [did, { reason, subject }] of concerned(collection, value)) {
    if (did === author.id || !accountById(world, did)) continue
    const told: Told = {
      uri,
      cid,
      by: author.id,
      reason,
      ...(subject ? { subject } : {}),
      record: value,
      at: world.now(),
    }
    world.state.facts[prefixOf(did) + String(world.serial()).padStart(12, '0')] = JSON.stringify(told)
  }
}

export const notificationRoutes = (world: World): readonly Route[] => [
  {
    method: 'GET',
    path: '/xrpc/app.bsky.notification.listNotifications',
    operation: 'read',
    handle: (call) => list(world, call),
  },
]

/** Newest first. The cursor is the place of the last one shown. */
function list(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const query = Query.safeParse(Object.fromEntries(call.query))
  if (!query.success) return invalidRequest(z.prettifyError(query.error))
  const { limit, cursor } = query.data
  const prefix = prefixOf(caller.account.id)
  const places = Object.keys(world.state.facts)
    .filter((key) => key.startsWith(prefix) && (cursor === undefined || key.slice(prefix.length) < cursor))
    .toSorted()
    .toReversed()
  const shown = places.slice(0, limit)
  const notifications = shown.flatMap((key) => {
    // Written by this file alone.
    const told = JSON.parse(world.state.facts[key] ?? '') as Told
    const author = accountById(world, told.by)
    const isGone = world.posts.get(told.uri)?.deletedAt !== undefined
    if (!author || isGone) return []
    const { uri, cid, reason, subject, record, at } = told
    return {
      uri,
      cid,
      author: profileView(world, author),
      reason,
      ...(subject ? { reasonSubject: subject } : {}),
      record,
      isRead: false,
      indexedAt: new Date(at).toISOString(),
      labels: [],
    }
  })
  const last = shown.at(-1)?.slice(prefix.length)
  return json(200, { notifications, ...(last && places.length > shown.length ? { cursor: last } : {}) })
}
