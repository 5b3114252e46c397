import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import {
  createForumPost,
  createMessage,
  crosspost,
  executeWebhook,
  getChannel,
  startThread,
  type Message,
  type Problem,
} from './api'
import { noting, withoutExtra, type Trouble } from '../outcome'
import { isForum } from './limits'
import {
  attachedTo,
  channelFor,
  discordError,
  forumTagsOf,
  isCrossposted,
  placeOf,
  refOf,
  refusalOf,
  toBotMessage,
  toMessage,
  toPublished,
  type Place,
} from './translate'

const doubtful = (trouble: Trouble<Problem>) => fail(discordError(trouble, 'visible', now()))

/** Sends one message. In a forum it becomes a post; elsewhere a title starts a thread under it. */
export async function publish(app: AppConfig, as: Credentials, part: Part): Answer<Published> {
  const refusal = refusalOf(part)
  if (refusal) return fail(refusal)
  const place = placeOf(as)
  if (place.webhook) return publishByWebhook(app, as, part, place, place.webhook)
  const forum = part.kind === 'post' && part.title ? await isInForum(app, as, place) : ok(false)
  if (!forum.ok) return forum
  return forum.value ? publishInForum(app, as, part, place) : publishInChannel(app, as, part, place)
}

/** Asked at Discord each time: a channel may change its kind. */
export async function isInForum(app: AppConfig, as: Credentials, place: Place): Answer<boolean> {
  const channel = await getChannel(app, as.accessToken, place.channel)
  return channel.ok ? ok(isForum(channel.value.body.type)) : fail(discordError(channel.error, 'none', now()))
}

async function publishByWebhook(
  app: AppConfig,
  as: Credentials,
  part: Part,
  place: Place,
  hook: string,
): Answer<Published> {
  const threadId = part.replyTo && refOf(part.replyTo.parent, place).thread
  const tags = forumTagsOf(part)
  const named = { thread_name: part.title ?? '', ...(tags.length > 0 ? { applied_tags: tags } : {}) }
  const send = (name: Partial<typeof named>) =>
    executeWebhook(app, hook, as.accessToken, { ...toMessage(part), ...name }, attachedTo(part), {
      key: part.key.recordKey ?? 'message',
      ...(threadId ? { threadId } : {}),
    })
  const wantsName = part.kind === 'post' && Boolean(part.title)
  const first = await send(wantsName ? named : {})
  // A webhook does not know what kind of channel it writes into, and of this refusal nothing is left there.
  const isPlain = wantsName && !first.ok && isNoForum(first.error)
  const answer = isPlain ? await send({}) : first
  if (!answer.ok) return doubtful(answer.error)
  const { id, channel_id: channel } = answer.value.body
  const isNamed = wantsName && !isPlain
  const thread = isNamed ? channel : threadId
  return ok({
    ...toPublished(app.webUrl, place.guild, id, {
      channel,
      ...(thread ? { thread } : {}),
      ...(isNamed ? { begins: true } : {}),
    }),
    ...noting(isPlain ? [withoutExtra('its title', 'A webhook makes threads in forums alone.')] : []),
  })
}

/** discord.com/developers/docs/topics/opcodes-and-status-codes: webhooks make threads in forums alone. */
const isNoForum = (trouble: Trouble<Problem>): boolean =>
  trouble.kind === 'refused' && trouble.problem?.code === 220_003

async function publishInForum(app: AppConfig, as: Credentials, part: Part, place: Place): Answer<Published> {
  const tags = forumTagsOf(part)
  const answer = await createForumPost(
    app,
    as.accessToken,
    place.channel,
    { name: part.title ?? '', ...(tags.length > 0 ? { applied_tags: tags } : {}), message: toMessage(part) },
    attachedTo(part),
    part.key.recordKey ?? 'post',
  )
  return answer.ok ? ok(toForumPost(app, place, answer.value.body.id)) : doubtful(answer.error)
}

/** A forum's post has one id as a thread and as a message. */
export const toForumPost = (app: AppConfig, place: Place, id: string): Published =>
  toPublished(app.webUrl, place.guild, id, { channel: id, thread: id, begins: true })

async function publishInChannel(app: AppConfig, as: Credentials, part: Part, place: Place): Answer<Published> {
  const channel = channelFor(part, place)
  const answer = await createMessage(app, as.accessToken, channel, toBotMessage(part, place), attachedTo(part))
  return answer.ok ? finish(app, as, part, place, answer.value.body) : doubtful(answer.error)
}

/**
 * What comes after a message stands: its thread, and its way to the servers that follow. Discord does each of these once
 * per message however often it is asked, so whoever finds the message finishes it. What Discord refuses for certain
 * leaves the message as it is, and is noted; `precheck` says so before.
 */
export async function finish(
  app: AppConfig,
  as: Credentials,
  part: Part,
  place: Place,
  message: Message,
): Answer<Published> {
  const { id, channel_id: channel } = message
  const isFirst = part.kind === 'post'
  const wantsThread = isFirst && part.title && !message.thread
  const steps = [
    ...(wantsThread
      ? [{ what: 'its thread', take: () => startThread(app, as.accessToken, channel, id, part.title ?? '') }]
      : []),
    ...(isFirst && part.options?.crosspost === true && !isCrossposted(message)
      ? [{ what: 'its way to the servers that follow', take: () => crosspost(app, as.accessToken, channel, id) }]
      : []),
  ]
  const notes: string[] = []
  for (const { what, take } of steps) {
    const done = await take()
    if (done.ok) continue
    const error = discordError(done.error, 'visible', now())
    if (error.code !== 'rejected') return fail(unfinished(error))
    notes.push(withoutExtra(what, error.reason))
  }
  const stands = isFirst ? (part.title ? id : undefined) : channel === place.channel ? undefined : channel
  return ok({
    ...toPublished(app.webUrl, place.guild, id, { channel, ...(stands ? { thread: stands } : {}) }),
    ...noting(notes),
  })
}

/** The message stands; only what follows it does not, yet. */
function unfinished(error: PlatformError): PlatformError {
  const waitMs = error.code === 'rate_limited' ? error.retryAt.getTime() - now().getTime() : 5_000
  return {
    code: 'outcome_unknown',
    reason: 'The message is in the channel; its thread or its way to other servers is not made yet.',
    processing: { checkAfterMs: Math.max(1_000, waitMs) },
  }
}
