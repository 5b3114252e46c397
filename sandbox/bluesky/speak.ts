import { give } from '../core/growth'
import { type Spoken, type Verbs, type World, accountById } from '../core/network'
import { noFaults } from '../core/serve'
import { stranger } from '../core/strangers'
import type { Account, Post } from '../core/state'
import type { SampleFile } from '../core/sample-files'
import { putBlob } from './blobs'
import { messageTo, reactTo } from './chat'
import { didOf } from './cid'
import { PostRecord } from './post-record'
import { newTid } from './records'
import { writeRecord } from './repo'

const collections = { like: 'app.bsky.feed.like', reaction: 'app.bsky.feed.like', share: 'app.bsky.feed.repost' }

const refOf = ({ id, cid = '' }: Post) => ({ uri: id, cid })

function reader(world: World, { handle, name }: Spoken['by']): Account {
  const full = handle.includes('.') ? `${handle.replaceAll('.', '-')}.test` : `${handle}.test`
  return accountById(world, didOf(full)) ?? stranger(world, { id: didOf(full), handle: full, name })
}

/** A picture or a film, as it is put into a post; its name stands where a description would. */
function filesOf(world: World, author: Account, { kind, bytes, mime, name: alt }: SampleFile) {
  if (kind !== 'image' && kind !== 'video') return undefined
  const blob = putBlob(world, author, bytes, mime)
  return kind === 'image'
    ? { $type: 'app.bsky.embed.images', images: [{ image: blob, alt }] }
    : { $type: 'app.bsky.embed.video', video: blob, alt }
}

/** Bluesky has no reviews. */
export const verbs: Verbs = {
  comment: 'nothing',
  mention: 'nothing',
  quote: 'post',
  dm: 'nothing',
  like: 'post',
  reaction: 'post',
  share: 'post',
}

/** A reader answers, names, quotes, likes, reposts, or writes a message. */
export function speak(world: World, { kind, account, by, text, on, file }: Spoken): { readonly id: string } {
  const author = reader(world, by)
  if (kind === 'dm') return { id: messageTo(world, { faults: noFaults }, author, account, text, on).id }
  const files = file && filesOf(world, author, file)
  const beside = files ? { embed: files } : {}
  const reacted = on && kind === 'reaction' ? reactTo(world, author, on, text || '❤') : undefined
  if (reacted) return reacted
  const createdAt = new Date(world.now()).toISOString()
  const write = (collection: string, record: object) => {
    const rkey = newTid(world)
    const uri = `at://${author.id}/${collection}/${rkey}`
    writeRecord(world, { faults: noFaults }, author, uri, collection, rkey, { $type: collection, ...record, createdAt })
    return { id: uri }
  }
  if (on && (kind === 'like' || kind === 'reaction' || kind === 'share')) {
    give(on, kind === 'share' ? 'shares' : 'likes', author.id)
    return write(collections[kind], { subject: refOf(on) })
  }
  if (on && kind === 'quote') {
    const quoted = { $type: 'app.bsky.embed.record', record: refOf(on) }
    const embed = files ? { $type: 'app.bsky.embed.recordWithMedia', record: quoted, media: files } : quoted
    return write('app.bsky.feed.post', { text, embed })
  }
  if (on && kind === 'comment') {
    const root = PostRecord.parse(on.record).reply?.root ?? refOf(on)
    return write('app.bsky.feed.post', { text, reply: { root, parent: refOf(on) }, ...beside })
  }
  const name = `@${account.handle}`
  const facet = {
    index: { byteStart: 0, byteEnd: Buffer.byteLength(name) },
    features: [{ $type: 'app.bsky.richtext.facet#mention', did: account.id }],
  }
  return write('app.bsky.feed.post', { text: `${name} ${text}`, facets: [facet], ...beside })
}
