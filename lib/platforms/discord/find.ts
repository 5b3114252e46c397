import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Trouble } from '../outcome'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { getMe, getMessage, listActiveThreads, listMessages, type Message, type Problem } from './api'
import { pageSize, readBackPages } from './limits'
import { finish, isInForum, toForumPost } from './publish'
import { channelFor, discordError, isLater, matches, placeOf, snowflakeAt, type Place } from './translate'

const failedRead = (trouble: Trouble<Problem>) => fail(discordError(trouble, 'none', now()))

/**
 * For bots: an incoming webhook cannot read. Looks through everything in the channel since `since`; two that match prove
 * nothing about ours, and a list that does not end within the bound was not fully read.
 */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  const place = placeOf(as)
  if (place.webhook)
    return fail({ code: 'unavailable', reason: 'An incoming webhook cannot read its channel. Look there by eye.' })
  const me = await getMe(app, as.accessToken)
  if (!me.ok) return failedRead(me.error)
  const from = snowflakeAt(new Date(since.getTime() - clockSkewMs))
  const forum = part.kind === 'post' && part.title ? await isInForum(app, as, place) : ok(false)
  if (!forum.ok) return forum
  return forum.value
    ? findInForum(app, as, part, place, { from, author: me.value.body.id })
    : findInChannel(app, as, part, place, { from, author: me.value.body.id })
}

type Sought = { readonly from: string; readonly author: string }

async function findInChannel(
  app: AppConfig,
  as: Credentials,
  part: Part,
  place: Place,
  { from, author }: Sought,
): Answer<Published | undefined> {
  const all = await everyAfter(app, as, channelFor(part, place), from)
  if (!all.ok) return all
  const ours = all.value.filter((message) => matches(message, part, place, author))
  const one = alone(ours, (message) => message)
  if (!one.ok) return one
  return one.value ? finish(app, as, part, place, one.value) : ok(undefined)
}

/** All messages after an id. Each page follows the newest of the one before, so their order within it does not matter. */
async function everyAfter(app: AppConfig, as: Credentials, channel: string, from: string): Answer<Message[]> {
  const found: Message[] = []
  let after = from
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listMessages(app, as.accessToken, channel, { after, limit: pageSize })
    if (!answer.ok) return failedRead(answer.error)
    const { body } = answer.value
    found.push(...body)
    if (body.length < pageSize) return ok(found)
    after = body.reduce((last, { id }) => (isLater(id, last) ? id : last), after)
  }
  return fail(tooMuch)
}

/** A new thread is active, and a forum's post carries no key: name, author and first message must be ours. */
async function findInForum(
  app: AppConfig,
  as: Credentials,
  part: Part,
  place: Place,
  { from, author }: Sought,
): Answer<Published | undefined> {
  const active = await listActiveThreads(app, as.accessToken, place.guild)
  if (!active.ok) return failedRead(active.error)
  const candidates = active.value.body.threads.filter(
    ({ id, name, parent_id, owner_id }) =>
      parent_id === place.channel && owner_id === author && name === part.title?.trim() && isLater(id, from),
  )
  const found: string[] = []
  for (const { id } of candidates) {
    const first = await getMessage(app, as.accessToken, id, id)
    if (!first.ok) return failedRead(first.error)
    if (matches(first.value.body, part, place, author)) found.push(id)
  }
  return alone(found, (id) => toForumPost(app, place, id))
}
