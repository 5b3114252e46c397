import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { asAccount, xrpc, type XrpcTrouble } from './api'
import { asMakersRecord, blueskyError, isOurs, mentionsIn, rkeyOf, toGate, toPublished, toRecord } from './translate'

const collection = 'app.bsky.feed.post'

/**
 * Creates the record under our own key. A server answers a key it has already with a 500 (bluesky-social/atproto#4725)
 * or a 4xx: after any refusal but a plain one, what lies under the key decides, not the answer.
 */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const dids = await resolveMentions(app, as, part.text)
  if (!dids.ok) return dids
  const record = toRecord(part, dids.value)
  if (!record.ok) return record
  const repo = as.externalId
  const rkey = part.key.recordKey
  if (!rkey) throw new Error('A part for Bluesky without a record key')
  const closed = await closeGate(app, as, rkey, part)
  if (!closed.ok) return closed
  const made = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.repo.createRecord({ repo, collection, rkey, record: asMakersRecord(record.value) }),
  )
  if (made.ok) return ok(toPublished(app.webUrl, repo, made.value))
  const error = blueskyError(made.error, 'visible', now())
  if (!mayHold(made.error)) return fail(error)
  const found = await findPublished(app, as, part)
  // The key may be taken by this very post, and nobody could look: that is no refusal.
  if (!found.ok)
    return fail({ code: 'outcome_unknown', reason: 'Bluesky has something under this key, but could not be read.' })
  return found.value ? ok(found.value) : fail(error)
}

/** Before the post, so that nobody answers in between. Shows nowhere by itself, and may be written again. */
async function closeGate(app: AppConfig, as: Credentials, rkey: string, part: Part): Answer<void> {
  const record = toGate(as.externalId, rkey, part)
  if (!record) return ok(undefined)
  const at = { repo: as.externalId, collection: record.$type, rkey }
  const put = await xrpc(asAccount(app, as), (client) => client.com.atproto.repo.putRecord({ ...at, record }))
  return put.ok ? ok(undefined) : fail(blueskyError(put.error, 'none', now()))
}

/** Could the key be taken, after this answer? */
const mayHold = (trouble: XrpcTrouble): boolean => {
  if (trouble.kind !== 'refused') return false
  const words = `${trouble.problem?.error ?? ''} ${trouble.problem?.message ?? ''}`
  return trouble.status >= 500 || trouble.status === 409 || /already exists|InvalidSwap|conflict/i.test(words)
}

const isAbsent = (trouble: XrpcTrouble): boolean =>
  trouble.kind === 'refused' &&
  (trouble.problem?.error === 'RecordNotFound' || /could not locate record/i.test(trouble.problem?.message ?? ''))

/** Reads our own key: the record is there, or it is not. */
export async function findPublished(app: AppConfig, as: Credentials, part: Part): Answer<Published | undefined> {
  const repo = as.externalId
  const rkey = part.key.recordKey
  if (!rkey) throw new Error('A part for Bluesky without a record key')
  const kept = await xrpc(asAccount(app, as), (client) => client.com.atproto.repo.getRecord({ repo, collection, rkey }))
  if (!kept.ok) {
    return isAbsent(kept.error) ? ok(undefined) : fail(blueskyError(kept.error, 'none', now()))
  }
  if (!isOurs(kept.value.value, part)) {
    return fail({
      code: 'outcome_unknown',
      reason: 'Another post lies under the key that was chosen for this one: compare them by eye.',
    })
  }
  const { uri, cid } = kept.value
  return cid
    ? ok(toPublished(app.webUrl, repo, { uri, cid }))
    : fail({ code: 'unavailable', reason: 'Bluesky gave the post without its CID.' })
}

/** Reads the record that an address of the app, or an AT-URI, names: its CID is in no address. */
export async function resolve(app: AppConfig, as: Credentials, url: string): Answer<Published> {
  const [, actor, rkey] =
    /\/profile\/([^/?#]+)\/post\/([^/?#]+)/.exec(url) ??
    /^at:\/\/([^/]+)\/app\.bsky\.feed\.post\/([^/?#]+)/.exec(url) ??
    []
  if (!actor || !rkey)
    return fail({
      code: 'rejected',
      reason: 'This is not the address of a post on Bluesky: it has /profile/ and /post/ in it.',
    })
  const owner = await ownerOf(app, as, decodeURIComponent(actor))
  if (!owner.ok) return owner
  const repo = as.externalId
  if (owner.value !== repo) return fail({ code: 'rejected', reason: 'This is the address of somebody else’s post.' })
  const kept = await xrpc(asAccount(app, as), (client) => client.com.atproto.repo.getRecord({ repo, collection, rkey }))
  if (!kept.ok)
    return fail(
      isAbsent(kept.error)
        ? { code: 'rejected', reason: 'Bluesky has no post at this address.' }
        : blueskyError(kept.error, 'none', now()),
    )
  const { uri, cid } = kept.value
  return cid
    ? ok(toPublished(app.webUrl, repo, { uri, cid }))
    : fail({ code: 'unavailable', reason: 'Bluesky gave the post without its CID.' })
}

/** @returns the DID of a handle; undefined when nobody has it. */
async function ownerOf(app: AppConfig, as: Credentials, actor: string): Answer<string | undefined> {
  if (actor.startsWith('did:')) return ok(actor)
  const resolved = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.identity.resolveHandle({ handle: actor }),
  )
  if (resolved.ok) return ok(resolved.value.did)
  const unknown = resolved.error.kind === 'refused' && resolved.error.status === 400
  return unknown && resolved.error.problem?.error !== 'ExpiredToken'
    ? ok(undefined)
    : fail(blueskyError(resolved.error, 'none', now()))
}

/** Succeeds when the record is already gone. */
export async function remove(app: AppConfig, as: Credentials, published: Published): Answer<void> {
  const deleted = await xrpc(asAccount(app, as), (client) =>
    client.com.atproto.repo.deleteRecord({ repo: as.externalId, collection, rkey: rkeyOf(published.externalId) }),
  )
  return deleted.ok ? ok(undefined) : fail(blueskyError(deleted.error, 'visible', now()))
}

/** Handles to DIDs. A handle nobody has stays plain text; a question that got no answer stops the post before it is sent. */
async function resolveMentions(
  app: AppConfig,
  as: Credentials,
  text: string,
): Promise<Result<ReadonlyMap<string, string>, PlatformError>> {
  const dids = new Map<string, string>()
  for (const handle of mentionsIn(text)) {
    const resolved = await xrpc(asAccount(app, as), (client) => client.com.atproto.identity.resolveHandle({ handle }))
    if (resolved.ok) dids.set(handle, resolved.value.did)
    else if (
      resolved.error.kind !== 'refused' ||
      resolved.error.status !== 400 ||
      resolved.error.problem?.error === 'ExpiredToken'
    ) {
      return fail(blueskyError(resolved.error, 'none', now()))
    }
  }
  return ok(dids)
}
