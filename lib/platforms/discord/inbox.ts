import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { byAddress } from '../fetch-file'
import { nothingUnder } from '../look'
import type {
  Answer,
  AnswerFiles,
  AppConfig,
  Credentials,
  Inbox,
  IncomingPage,
  Part,
  Published,
  Reply,
} from '../platform'
import { about } from './about'
import { again } from './again'
import { createMessage, getChannel, getMessage, listMessages } from './api'
import { findPublished } from './find'
import { stream } from './gateway'
import { oldestFirst, toIncoming, type Listener } from './incoming'
import { isForum, pageSize } from './limits'
import { cannotRead, failedRead, listenerOf } from './listener'
import { lineOf } from './session'
import {
  attachedTo,
  discordError,
  isGone,
  isUnknownMessage,
  placeOf,
  refOf,
  snowflakeAt,
  toBotMessage,
  toPublished,
} from './translate'

/** One page of a channel or thread. With an empty cursor: the newest. */
async function pageOf(
  app: AppConfig,
  as: Credentials,
  listener: Listener,
  channel: string,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const answer = await listMessages(app, as.accessToken, channel, {
    limit: pageSize,
    ...(cursor ? { after: cursor } : {}),
  })
  if (!answer.ok) return failedRead(answer.error)
  const messages = oldestFirst(answer.value.body)
  const last = messages.at(-1)?.id
  return ok({
    items: messages.flatMap((message) => toIncoming(message, listener) ?? []),
    // In an empty channel everything later than now is new.
    cursor: last ?? cursor ?? snowflakeAt(now()),
    more: cursor !== undefined && messages.length === pageSize,
  })
}

async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const place = placeOf(as)
  if (place.webhook) return cannotRead()
  const channel = await getChannel(app, as.accessToken, place.channel)
  if (!channel.ok) return failedRead(channel.error)
  // A forum holds no messages itself: what is said there is asked for post by post.
  if (isForum(channel.value.body.type)) return ok({ items: [], cursor: cursor ?? snowflakeAt(now()), more: false })
  const listener = await listenerOf(app, as)
  return listener.ok ? pageOf(app, as, listener.value, place.channel, cursor) : listener
}

/** What is said in a post's thread. A post without one has nothing under it. */
async function pollPost(
  app: AppConfig,
  as: Credentials,
  post: Published,
  cursor: string | undefined,
): Answer<IncomingPage> {
  const place = placeOf(as)
  if (place.webhook) return cannotRead()
  const { channel: home, thread = post.externalId } = refOf(post, place)
  const channel = await getChannel(app, as.accessToken, thread)
  if (!channel.ok) {
    if (!isGone(channel.error)) return failedRead(channel.error)
    const message = await getMessage(app, as.accessToken, home, post.externalId)
    if (message.ok) return ok({ items: [], cursor: cursor ?? '', more: false })
    // A post that began its thread goes with it; of any other, its channel is there to say so.
    const goneWithThread = home === thread && isGone(message.error)
    return goneWithThread || isUnknownMessage(message.error)
      ? ok(nothingUnder('gone', cursor))
      : failedRead(message.error)
  }
  const listener = await listenerOf(app, as)
  if (!listener.ok) return listener
  const page = await pageOf(app, as, listener.value, thread, cursor)
  if (!page.ok) return page
  const { items } = page.value
  return ok({ ...page.value, items: items.filter(({ externalId }) => externalId !== post.externalId) })
}

/** An answer is a message that points at what it answers, in the same channel or thread. */
function asPart({ to, text, media = [], key }: Reply): Part {
  const parent: Published = { externalId: to.externalId, url: '', ref: to.ref }
  return { kind: 'reply', text, media, key, replyTo: { root: parent, parent } }
}

async function reply(app: AppConfig, as: Credentials, answer: Reply): Answer<Published> {
  const place = placeOf(as)
  if (place.webhook) return cannotRead()
  const part = asPart(answer)
  const { channel } = refOf({ ref: answer.to.ref }, place)
  const sent = await createMessage(app, as.accessToken, channel, toBotMessage(part, place), attachedTo(part))
  if (!sent.ok) return fail(discordError(sent.error, 'visible', now()))
  const { id, channel_id } = sent.value.body
  const thread = channel_id === place.channel ? {} : { thread: channel_id }
  return ok(toPublished(app.webUrl, place.guild, id, { channel: channel_id, ...thread }))
}

/** As with a post. */
const media: AnswerFiles = { kinds: ['image', 'gif', 'video', 'document'], max: 10, mixed: true }

/**
 * Messages come by the Gateway at once, or by asking; reactions by the Gateway, and those that it told nobody by a look when
 * a line begins. Of such a one the time is when it was found: Discord keeps none. Private messages belong to a bot, not to
 * a channel.
 */
export const inbox: Inbox = {
  ways: { comment: ['stream', 'poll'], mention: ['stream', 'poll'], reaction: ['stream'] },
  answers: { comment: { media }, mention: { media } },
  poll,
  pollPost,
  answersOutlivePosts: true,
  again,
  fetchFile: byAddress(about.label),
  async stream(app, as, q) {
    if (placeOf(as).webhook) return cannotRead()
    const listener = await listenerOf(app, as)
    return listener.ok ? stream(app, as, listener.value, q, (cursor) => poll(app, as, cursor)) : listener
  },
  sharedLine: (app, as) => lineOf(app, as.accessToken),
  reply,
  findReply: (app, as, answer, since) => findPublished(app, as, asPart(answer), since),
}
