import { z } from 'zod'
import { type Call, type Reply, type Route, json, jsonBody } from '../core/call'
import { type World, accountByHandle, accountById, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { attachments, blobProblem, cardOf, download, keepReferenced, upload } from './blobs'
import { recordCid } from './cid'
import { announce } from './jetstream'
import { PostRecord, externalOf } from './post-record'
import { internalError, invalidRequest, problem } from './problems'
import { type KeptRecord, newTid, recordProblem } from './records'
import { tell } from './notifications'
import { richOf } from './rich'
import { callerOf } from './session'

const postCollection = 'app.bsky.feed.post'
/** The PDS counts writes in points: create 3, update 2, delete 1; 5000 in an hour. */
const writes = { name: 'repo-write-hour', max: 5_000, windowMs: 3_600_000 }

const Create = z.object({
  repo: z.string(),
  collection: z.string(),
  rkey: z.string().optional(),
  validate: z.boolean().optional(),
  record: z.unknown(),
  swapCommit: z.string().optional(),
})
const Put = z.object({
  repo: z.string(),
  collection: z.string(),
  rkey: z.string(),
  validate: z.boolean().optional(),
  record: z.unknown(),
  swapRecord: z.string().nullish(),
  swapCommit: z.string().optional(),
})
const Delete = z.object({
  repo: z.string(),
  collection: z.string(),
  rkey: z.string(),
  swapRecord: z.string().optional(),
  swapCommit: z.string().optional(),
})
const Listing = z.object({
  repo: z.string(),
  collection: z.string(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().optional(),
  reverse: z.enum(['true', 'false']).optional(),
})

export function repoRoutes(world: World): readonly Route[] {
  const at = (name: string) => `/xrpc/com.atproto.${name}`
  return [
    {
      method: 'POST',
      path: at('repo.createRecord'),
      operation: 'publish',
      limit: { ...writes, points: 3 },
      handle: (call) => create(world, call),
    },
    {
      method: 'POST',
      path: at('repo.putRecord'),
      operation: 'publish',
      limit: { ...writes, points: 2 },
      handle: (call) => put(world, call),
    },
    {
      method: 'POST',
      path: at('repo.deleteRecord'),
      operation: 'delete',
      limit: { ...writes, points: 1 },
      handle: (call) => remove(world, call),
    },
    { method: 'GET', path: at('repo.getRecord'), operation: 'read', handle: (call) => get(world, call) },
    { method: 'GET', path: at('repo.listRecords'), operation: 'read', handle: (call) => list(world, call) },
    { method: 'POST', path: at('repo.uploadBlob'), operation: 'upload', handle: (call) => upload(world, call) },
    { method: 'GET', path: at('sync.getBlob'), operation: 'read', handle: (call) => download(world, call) },
  ]
}

export function accountOf(world: World, actor: string): Account | undefined {
  return accountById(world, actor) ?? accountByHandle(world, actor)
}

function kept(world: World, uri: string): KeptRecord | undefined {
  const fact = world.state.facts[`record:${uri}`]
  // Written by this file alone.
  return fact === undefined ? undefined : (JSON.parse(fact) as KeptRecord)
}

/** A record that exists now, whether readers can see it yet or not. */
function existing(world: World, uri: string): KeptRecord | undefined {
  const post = world.posts.get(uri)
  if (post) return post.deletedAt === undefined ? { uri, cid: post.cid ?? '', value: post.record } : undefined
  return kept(world, uri)
}

function ownRepo(world: World, call: Call, repo: string): { account: Account } | { refusal: Reply } {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller
  if (accountOf(world, repo)?.id !== caller.account.id)
    return { refusal: problem(400, 'InvalidRequest', 'Could not find repo or it is not yours') }
  return caller
}

function create(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Create.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(`Input is invalid: ${z.prettifyError(parsed.error)}`)
  const { repo, collection, rkey = newTid(world), record } = parsed.data
  const own = ownRepo(world, call, repo)
  if ('refusal' in own) return own.refusal
  const refusal = refuse(world, own.account, collection, rkey, record)
  if (refusal) return refusal
  const uri = `at://${own.account.id}/${collection}/${rkey}`
  // Real servers answer 500 here (bluesky-social/atproto #3718, #4725), not a conflict.
  if (existing(world, uri)) return internalError()
  return written(world, writeRecord(world, call, own.account, uri, collection, rkey, record))
}

/** Creates or replaces. `swapRecord: null` means "only if there is none". */
function put(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Put.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(`Input is invalid: ${z.prettifyError(parsed.error)}`)
  const { repo, collection, rkey, record, swapRecord } = parsed.data
  const own = ownRepo(world, call, repo)
  if ('refusal' in own) return own.refusal
  const refusal = refuse(world, own.account, collection, rkey, record)
  if (refusal) return refusal
  const uri = `at://${own.account.id}/${collection}/${rkey}`
  const before = existing(world, uri)
  if (swapRecord !== undefined && swapRecord !== (before?.cid ?? null))
    return problem(400, 'InvalidSwap', `Record was at ${before?.cid ?? 'null'}`)
  return written(world, writeRecord(world, call, own.account, uri, collection, rkey, record))
}

function written(world: World, record: { uri: string; cid: string }): Reply {
  const rev = newTid(world)
  return json(200, {
    uri: record.uri,
    cid: record.cid,
    commit: { cid: recordCid(rev), rev },
    validationStatus: 'valid',
  })
}

function refuse(world: World, account: Account, collection: string, rkey: string, record: unknown): Reply | undefined {
  const wrong = recordProblem(collection, rkey, record)
  if (wrong !== undefined) return invalidRequest(wrong)
  return blobProblem(world, account, record)
}

/** Puts a record into a repository, shows it when it is a post, and tells those whom a new one concerns. */
export function writeRecord(
  world: World,
  call: Pick<Call, 'faults'>,
  account: Account,
  uri: string,
  collection: string,
  rkey: string,
  value: unknown,
): KeptRecord {
  const record = typeof value === 'object' && value !== null ? { ...value, $type: collection } : value
  keepReferenced(world, account, record)
  const cid = recordCid(record)
  if (collection !== postCollection) {
    const keep: KeptRecord = { uri, cid, value: record }
    const isNew = !existing(world, uri)
    world.state.facts[`record:${uri}`] = JSON.stringify(keep)
    if (isNew) tell(world, account, collection, keep)
    return keep
  }
  const parsed = PostRecord.parse(record)
  const before = world.posts.get(uri)
  if (before) {
    Object.assign(before, { text: parsed.text, rich: richOf(parsed.text, parsed.facets), record, cid })
    // The same key again after a deletion shows the post again.
    delete before.deletedAt
    announce(world, before, 'update')
    return { uri, cid, value: record }
  }
  const external = externalOf(parsed)
  const post = show(world, call, {
    id: uri,
    account,
    kind: parsed.reply ? 'reply' : 'post',
    text: parsed.text,
    rich: richOf(parsed.text, parsed.facets),
    record,
    cid,
    key: rkey,
    media: attachments(world, parsed),
    ...(external ? { card: cardOf(world, external) } : {}),
    ...(parsed.reply ? { parentId: parsed.reply.parent.uri, rootId: parsed.reply.root.uri } : {}),
  })
  tell(world, account, collection, { uri, cid, value: record })
  announce(world, post, 'create')
  return { uri, cid, value: record }
}

function remove(world: World, call: Call): Reply {
  const caller = callerOf(world, call)
  if ('refusal' in caller) return caller.refusal
  const parsed = Delete.safeParse(jsonBody(call))
  if (!parsed.success) return invalidRequest(`Input is invalid: ${z.prettifyError(parsed.error)}`)
  const own = ownRepo(world, call, parsed.data.repo)
  if ('refusal' in own) return own.refusal
  const uri = `at://${own.account.id}/${parsed.data.collection}/${parsed.data.rkey}`
  const post = world.posts.get(uri)
  if (post && post.deletedAt === undefined) {
    post.deletedAt = world.now()
    announce(world, post, 'delete')
  }
  delete world.state.facts[`record:${uri}`]
  const rev = newTid(world)
  return json(200, { commit: { cid: recordCid(rev), rev } })
}

function get(world: World, call: Call): Reply {
  const account = accountOf(world, call.query.get('repo') ?? '')
  if (!account) return invalidRequest(`Could not find repo: ${call.query.get('repo') ?? ''}`)
  const uri = `at://${account.id}/${call.query.get('collection') ?? ''}/${call.query.get('rkey') ?? ''}`
  const post = world.posts.get(uri)
  const found = post && !isVisible(post, world.now()) ? undefined : existing(world, uri)
  return found ? json(200, found) : problem(400, 'RecordNotFound', `Could not locate record: ${uri}`)
}

/** Newest key first, or oldest first with `reverse`. */
function list(world: World, call: Call): Reply {
  const parsed = Listing.safeParse(Object.fromEntries(call.query))
  if (!parsed.success) return invalidRequest(z.prettifyError(parsed.error))
  const q = parsed.data
  const account = accountOf(world, q.repo)
  if (!account) return invalidRequest(`Could not find repo: ${q.repo}`)
  const prefix = `at://${account.id}/${q.collection}/`
  const all =
    q.collection === postCollection
      ? world.posts
          .of(account.id)
          .filter((p) => isVisible(p, world.now()))
          .map(recordOf)
      : keptUnder(world, prefix)
  const key = (r: KeptRecord) => r.uri.slice(prefix.length)
  const up = q.reverse === 'true'
  const sorted = all.toSorted((a, b) => (key(a) < key(b) === up ? -1 : 1))
  const cursor = q.cursor
  const after = cursor === undefined ? sorted : sorted.filter((r) => (up ? key(r) > cursor : key(r) < cursor))
  const records = after.slice(0, q.limit)
  const last = records.at(-1)
  return json(200, { records, ...(last && after.length > records.length ? { cursor: key(last) } : {}) })
}

function recordOf(post: Post): KeptRecord {
  return { uri: post.id, cid: post.cid ?? '', value: post.record }
}

function keptUnder(world: World, prefix: string): KeptRecord[] {
  return Object.keys(world.state.facts)
    .filter((k) => k.startsWith(`record:${prefix}`))
    .flatMap((k) => kept(world, k.slice('record:'.length)) ?? [])
}
