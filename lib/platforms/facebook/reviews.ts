import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { edgeOf, GraphId, readEdge, withQuery } from '../graph'
import { entriesOf, floorOf, isoTime, newsIn } from '../graph-feed'
import { personOf } from '../graph-people'
import type { HubReport } from '../graph-webhook'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { ask } from './api'
import { inboxCalls } from './limits'
import { facebookError, label } from './translate'

/**
 * A review as it is listed: since August 2018 a recommendation or its contrary, before that stars. Only the younger have
 * a story, under which they are answered (names by Meta's SDK, behaviour as clients report it; read 2026-11-25).
 */
const Recommendation = z.object({
  created_time: z.string(),
  recommendation_type: z.string().optional(),
  rating: z.number().optional(),
  review_text: z.string().optional(),
  reviewer: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  open_graph_story: z.object({ id: GraphId }).optional(),
})
type Recommendation = z.output<typeof Recommendation>

const fields = 'created_time,recommendation_type,rating,review_text,reviewer{id,name},open_graph_story{id}'
const listReviews = (app: AppConfig, as: Credentials, after: URLSearchParams, limit = 100) =>
  ask(
    app,
    as,
    withQuery(`${encodeURIComponent(as.externalId)}/ratings`, { fields, limit: String(limit) }, after),
    edgeOf(Recommendation),
  )

/** Reviews since the cursor. Of an app to which Facebook closes them it hears none, and of the rest all the same. */
export async function reviewsSince(app: AppConfig, as: Credentials, cursor: string): ReturnType<typeof newsIn> {
  const news = await newsIn(cursor, {
    calls: inboxCalls,
    list: (page, reached) =>
      entriesOf(listReviews(app, as, new URLSearchParams(page)), {
        failed: (trouble) => facebookError(trouble, 'none', now()),
        toEntry(review) {
          const said = fromListed(review, as.externalId, app.webUrl)
          return { name: said.externalId, said: [said] }
        },
        isOld: ({ created_time }) => Date.parse(created_time) < floorOf(reached),
      }),
  })
  return !news.ok && news.error.code === 'rejected' ? ok({ items: [], cursor, more: false }) : news
}

/** Those that Facebook lists, from the first page of them up to `since`. */
export async function listedSince(app: AppConfig, as: Credentials, since: string): Answer<readonly Incoming[]> {
  const from = Date.parse(since)
  const listed = await readEdge({
    pages: 5,
    read: (after) => listReviews(app, as, after),
    newestFirst: { from, timeOf: ({ created_time }) => Date.parse(created_time) },
    failed: (trouble) => facebookError(trouble, 'none', now()),
    tooMuch: 'The page got too many reviews since the last look to be read in full.',
  })
  return listed.ok ? ok(listed.value.map((review) => fromListed(review, as.externalId, app.webUrl))) : listed
}

/** Why Facebook does not list the page's reviews to this app; undefined when it does. */
export async function whyNoReviews(app: AppConfig, as: Credentials): Answer<string | undefined> {
  const listed = await listReviews(app, as, new URLSearchParams(), 1)
  if (listed.ok) return ok(undefined)
  const error = facebookError(listed.error, 'none', now())
  return error.code === 'rejected' ? ok(error.reason) : fail(error)
}

/** What a review is made of, however it came. */
type Said = {
  readonly story: string | undefined
  readonly reviewer: { readonly id: string; readonly name?: string | undefined } | undefined
  readonly recommends: string | undefined
  readonly stars: number | undefined
  readonly text: string
  readonly at: string
}

function fromSaid({ story, reviewer, recommends, stars, text, at }: Said, page: string, webUrl: string) {
  // Whoever reviews a page again changes what they wrote: there is one review of each.
  const externalId = story ?? `${page}:${reviewer?.id ?? at}:review`
  const verdict = recommends?.toLowerCase()
  return {
    externalId,
    kind: 'review' as const,
    text,
    at,
    author: personOf(reviewer, label),
    own: false,
    conversation: externalId,
    ...(story ? { url: `${webUrl}/${story}` } : {}),
    media: [],
    ...(stars ? { rating: stars } : {}),
    ...(verdict === 'positive' || verdict === 'negative' ? { recommends: verdict === 'positive' } : {}),
    ref: story ? { on: story } : {},
  }
}

const fromListed = (review: Recommendation, page: string, webUrl: string): Incoming => ({
  ...fromSaid(
    {
      story: review.open_graph_story?.id,
      reviewer: review.reviewer,
      recommends: review.recommendation_type,
      stars: review.rating,
      text: review.review_text ?? '',
      at: isoTime(review.created_time),
    },
    page,
    webUrl,
  ),
  change: 'new',
})

const asText = z.union([z.string(), z.number()]).transform(String)
/** What a page reports under `ratings`: a review, or something said under one. */
const RatingValue = z.looseObject({
  item: z.string(),
  verb: z.string(),
  open_graph_story_id: asText,
  reviewer_id: asText.optional(),
  reviewer_name: z.string().optional(),
  recommendation_type: z.string().optional(),
  rating: z.number().optional(),
  review_text: z.string().optional(),
  created_time: z.number().optional(),
  comment_id: asText.optional(),
  parent_id: asText.optional(),
  message: z.string().optional(),
  sender_id: asText.optional(),
  sender_name: z.string().optional(),
})

const changes = { add: 'new', edit: 'edited', edited: 'edited', remove: 'deleted' } as const

/** A reported review, or a comment on one; nothing when the report is about something else. */
export function fromRatings({ field, value, time }: HubReport, page: string, webUrl: string): readonly Incoming[] {
  const told = field === 'ratings' ? RatingValue.safeParse(value).data : undefined
  const change = Object.entries(changes).find(([verb]) => verb === told?.verb)?.[1]
  if (!told || !change) return []
  const { item, open_graph_story_id: story, comment_id: comment } = told
  // As with comments, a change is told with the time at which the words were first said.
  const at = new Date(((change === 'new' ? told.created_time : undefined) ?? time) * 1000).toISOString()
  if (item === 'rating') {
    const { reviewer_id: id, reviewer_name: name, recommendation_type: recommends, rating: stars } = told
    const reviewer = id === undefined ? undefined : { id, name }
    return [
      { ...fromSaid({ story, reviewer, recommends, stars, text: told.review_text ?? '', at }, page, webUrl), change },
    ]
  }
  if (item !== 'comment' || comment === undefined) return []
  const { sender_id: id, sender_name: name, parent_id: parent = story } = told
  return [
    {
      externalId: comment,
      kind: 'comment',
      change,
      text: told.message ?? '',
      at,
      author: personOf(id === undefined ? undefined : { id, name }, label),
      own: id === page,
      conversation: story,
      parent,
      url: `${webUrl}/${story}?${new URLSearchParams({ comment_id: comment.slice(comment.indexOf('_') + 1) })}`,
      media: [],
      // Threads are two deep: what answers an answer stands beside it.
      ref: { on: parent === story ? comment : parent },
    },
  ]
}
