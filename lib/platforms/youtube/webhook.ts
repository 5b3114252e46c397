import { createHmac } from 'node:crypto'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'
import { equalsInConstantTime } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import type { Webhook, WebhookEvent } from '../platform'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  isArray: (name) => name === 'entry' || name === 'at:deleted-entry',
})

const Entry = z.object({
  'yt:videoId': z.string().min(1),
  'yt:channelId': z.string().min(1),
  title: z.string().default(''),
  published: z.string(),
  updated: z.string(),
})
const Deleted = z.object({
  '@ref': z.string().min(1),
  '@when': z.string(),
  'at:by': z.object({ uri: z.string() }),
})
const Feed = z.object({
  feed: z
    .object({ entry: z.array(Entry).optional(), 'at:deleted-entry': z.array(Deleted).optional() })
    .refine((feed) => feed.entry ?? feed['at:deleted-entry'], 'The feed has no entry'),
})

const topics = /^https:\/\/www\.youtube\.com\/(xml\/)?feeds\/videos\.xml\?channel_id=[\w-]+$/

/**
 * WebSub, by Google's hub (developers.google.com/youtube/v3/guides/push_notifications): tells of videos that are new,
 * changed or deleted, and of nothing else. Signed with the secret that the subscription was made with.
 */
export const webhook: Webhook = {
  trust: 'own_secret',
  wantsWord: true,
  handshake(app, query) {
    const challenge = query.get('hub.challenge')
    const mode = query.get('hub.mode')
    if (!challenge || (mode !== 'subscribe' && mode !== 'unsubscribe')) return undefined
    if (!topics.test(query.get('hub.topic') ?? '')) return undefined
    // The hub asks anybody's word: what it shows must be what we gave with our own subscription.
    if (!app.webhookVerifyToken) return undefined
    if (!equalsInConstantTime(query.get('hub.verify_token') ?? '', app.webhookVerifyToken)) return undefined
    return { body: challenge, contentType: 'text/plain' }
  },
  verify(app, rawBody, headers) {
    const given = headers.get('x-hub-signature')
    if (!given || !app.webhookSecret) return false
    const signed = createHmac('sha1', app.webhookSecret).update(rawBody).digest('hex')
    return equalsInConstantTime(given, `sha1=${signed}`)
  },
  read(rawBody) {
    const text = new TextDecoder().decode(rawBody)
    const feed = Feed.safeParse(XMLValidator.validate(text) === true ? parser.parse(text) : undefined)
    if (!feed.success) return fail({ reason: 'This is not a feed of YouTube’s.' })
    const { entry = [], 'at:deleted-entry': deleted = [] } = feed.data.feed
    return ok([...entry.map(changed), ...deleted.map(gone)])
  },
}

const changed = (entry: z.output<typeof Entry>): WebhookEvent => ({
  externalId: `${entry['yt:videoId']}@${entry.updated}`,
  type: 'video.changed',
  accountExternalId: entry['yt:channelId'],
  raw: entry,
})

const gone = (entry: z.output<typeof Deleted>): WebhookEvent => ({
  externalId: `${entry['@ref']}@${entry['@when']}`,
  type: 'video.deleted',
  accountExternalId: entry['at:by'].uri.split('/').at(-1) ?? '',
  raw: entry,
})
