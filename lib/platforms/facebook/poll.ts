import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import type { GraphTrouble } from '../graph'
import { entriesOf, firstLook, floorOf, newsIn, newsUnder, oldestFirst } from '../graph-feed'
import { saidInChats } from '../graph-chats'
import type { Answer, AppConfig, Credentials, IncomingPage, Published } from '../platform'
import { listComments, listMessages, listTagged, listThreads } from './api'
import { postAsked } from './by-number'
import { fromComment, fromTagged } from './incoming'
import { inboxCalls } from './limits'
import { reviewsSince } from './reviews'
import { facebookError, label } from './translate'

const failed = (trouble: GraphTrouble) => facebookError(trouble, 'none', now())

// Cursors from before reviews were asked for say nothing of them.
const Cursor = z.object({ messages: z.string(), tagged: z.string(), reviews: z.string().default(firstLook) })

type Read = Awaited<ReturnType<typeof newsIn>>

/**
 * Messages, mentions and reviews, each with a place of its own: what Facebook lets this app read of them is told, and what
 * it refuses is named. What stands under our own posts is asked for post by post.
 */
export async function poll(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage> {
  const first = firstLook()
  const since =
    cursor === undefined ? { messages: first, tagged: first, reviews: first } : Cursor.parse(JSON.parse(cursor))
  const tagged = await newsIn(since.tagged, {
    calls: inboxCalls,
    list: (page, reached) =>
      entriesOf(listTagged(app, as, as.externalId, new Date(floorOf(reached)), new URLSearchParams(page)), {
        failed,
        toEntry: (post) => ({ name: post.id, said: [fromTagged(post, as.externalId)] }),
      }),
  })
  const messages = await newsIn(since.messages, {
    calls: inboxCalls,
    list: saidInChats({
      me: as.externalId,
      label,
      list: (after) => listThreads(app, as, as.externalId, after),
      more: (thread, after) => listMessages(app, as, thread, after),
      failed,
    }),
  })
  const reviews = await reviewsSince(app, as, since.reviews)
  if (!reviews.ok) return reviews
  // What is no refusal passes, and nothing is passed over; whoever may read neither is not to think that nobody writes.
  for (const read of [tagged, messages]) if (!read.ok && read.error.code !== 'rejected') return read
  if (!tagged.ok && !messages.ok) return tagged
  const [named, chats] = [standing(tagged, since.tagged), standing(messages, since.messages)]
  const lists = [named, chats, reviews.value]
  return ok({
    items: oldestFirst(lists.flatMap(({ items }) => items)),
    cursor: JSON.stringify({
      messages: chats.cursor,
      tagged: named.cursor,
      reviews: reviews.value.cursor,
    } satisfies z.output<typeof Cursor>),
    more: lists.some(({ more }) => more),
    missing: [...whyMissing('posts that name the page', tagged), ...whyMissing('messages', messages)],
  })
}

/** What a part tells; where it is refused it stays where it was. */
const standing = (read: Read, cursor: string) => (read.ok ? read.value : { items: [], cursor, more: false })

const whyMissing = (what: string, read: Read): readonly string[] =>
  !read.ok && read.error.code === 'rejected' ? [`Facebook does not show ${what}: ${read.error.reason}`] : []

/** Comments. Those since the last look alone are listed, so that nothing is known of an end. */
export const pollPost = (
  app: AppConfig,
  as: Credentials,
  post: Published,
  cursor: string | undefined,
): Answer<IncomingPage> =>
  newsUnder(cursor, {
    id: post.externalId,
    calls: inboxCalls,
    failed,
    ...postAsked(app, as, post.externalId),
    list: (page, how) =>
      entriesOf(
        listComments(
          app,
          as,
          post.externalId,
          { since: new Date(how.reached.since), order: 'chronological' },
          new URLSearchParams(page),
        ),
        { failed: how.failed, toEntry: (one) => ({ name: one.id, said: [one] }) },
      ),
    toIncoming: (comment) => fromComment(comment, as.externalId, post.externalId),
    isHidden: ({ is_hidden }) => is_hidden,
    listsAll: false,
  })
