import type { Call, Reply, Route } from '../core/call'
import { newId, perVersion } from '../core/graph'
import { edge, type Field, graphTime, select, type View } from '../core/graph-fields'
import { tellHub } from '../core/graph-hooks'
import { plainLinks } from '../core/links'
import { type World, show } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { ownPage } from './pages'
import { nameOf } from './views'

type Quiet = Pick<Call, 'faults'>

/** What a review says of which page. It is kept like a post of its author's, under which answers stand. */
type Verdict = { readonly page: string; readonly recommends: boolean }

const verdictOf = (world: World, post: Post): Verdict | undefined => {
  const kept = world.state.facts[`review:${post.id}`]
  // Written by reviewAs alone.
  return kept === undefined ? undefined : (JSON.parse(kept) as Verdict)
}

export const reviewRoutes = (world: World): readonly Route[] =>
  perVersion((v) => [
    { method: 'GET', path: `/${v}/:page/ratings`, operation: 'read', handle: (call) => listed(world, call) },
  ])

/** Somebody recommends a page, or does not. */
export function reviewAs(world: World, call: Quiet, by: Account, q: Verdict & { readonly text: string }): Post {
  const { text, page, recommends } = q
  const made = show(world, call, {
    id: newId(world, '12'),
    account: by,
    kind: 'post',
    text,
    rich: plainLinks(text),
    record: { format: 'post' },
  })
  world.state.facts[`review:${made.id}`] = JSON.stringify({ page, recommends } satisfies Verdict)
  const reviewer = nameOf(world, by.id)
  tellRating(world, call, page, {
    item: 'rating',
    verb: 'add',
    open_graph_story_id: made.id,
    reviewer_id: reviewer.id,
    reviewer_name: reviewer.name,
    recommendation_type: recommends ? 'POSITIVE' : 'NEGATIVE',
    ...(text ? { review_text: text } : {}),
    created_time: seconds(made.createdAt),
  })
  return made
}

/** Tells a page of what is said under a review of it; of what is said elsewhere nothing. */
export function tellUnderReview(world: World, call: Quiet, comment: Post): void {
  const review = world.posts.get(comment.rootId ?? '')
  const verdict = review && verdictOf(world, review)
  if (!verdict) return
  const sender = nameOf(world, comment.accountId)
  tellRating(world, call, verdict.page, {
    item: 'comment',
    verb: 'add',
    open_graph_story_id: review.id,
    comment_id: comment.id,
    parent_id: comment.parentId,
    message: comment.text,
    sender_id: sender.id,
    sender_name: sender.name,
    created_time: seconds(comment.createdAt),
  })
}

const seconds = (ms: number): number => Math.floor(ms / 1000)

const tellRating = (world: World, call: Quiet, page: string, value: Readonly<Record<string, unknown>>): void =>
  tellHub(world, call, {
    object: 'page',
    accountId: page,
    field: 'ratings',
    entry: { changes: [{ field: 'ratings', value }] },
  })

function listed(world: World, call: Call): Reply {
  const own = ownPage(world, call, 'pages_read_user_content')
  if ('refusal' in own) return own.refusal
  const reviews = world.posts.all
    .filter((p) => verdictOf(world, p)?.page === own.page.id && isVisible(p, world.now()))
    .toReversed()
    .map((p) => ({ at: p.createdAt, view: reviewView(world, p) }))
  return edge(call, { url: world.url(), type: 'Recommendation' }, reviews)
}

/** Nodes of this kind have no id; their story has. */
function reviewView(world: World, review: Post): View {
  return {
    created_time: graphTime(review.createdAt),
    has_rating: false,
    has_review: review.text !== '',
    rating: undefined,
    recommendation_type: verdictOf(world, review)?.recommends ? 'positive' : 'negative',
    review_text: review.text || undefined,
    reviewer: (field: Field) => select(nameOf(world, review.accountId), field.inner),
    open_graph_story: (field: Field) => select({ id: review.id }, field.inner),
  }
}
