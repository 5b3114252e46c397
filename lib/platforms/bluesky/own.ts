import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { asAccount, xrpc } from './api'
import { fromCommit } from './incoming'
import { blueskyError } from './translate'

/** app.bsky.feed.getAuthorFeed gives 100 at most. */
const pageSize = 100
/** Ours: of more the newest are read. */
const mostPages = 5

export type OwnAnswers = {
  readonly items: readonly Incoming[]
  /** When the account's newest post was told (ISO 8601), and its name. */
  readonly mark: string | undefined
}

/**
 * What the account answered others since `mark`, also in Bluesky's own app, oldest first: no notification tells of it, and
 * the line only while it is held, or for the minutes that it repeats. Without a mark there is nothing but one to begin from.
 */
export async function answersSince(app: AppConfig, as: Credentials, mark: string | undefined): Answer<OwnAnswers> {
  const items: Incoming[] = []
  const [upTo = '', known] = (mark ?? '').split(' ')
  let newest: string | undefined
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const answer = await xrpc(asAccount(app, as), (client) =>
      client.app.bsky.feed.getAuthorFeed({
        actor: as.externalId,
        filter: 'posts_with_replies',
        limit: mark ? pageSize : 1,
        ...(cursor ? { cursor } : {}),
      }),
    )
    if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
    const { feed } = answer.value
    const posts = feed.flatMap(({ post }) => (post.author.did === as.externalId ? [post] : []))
    newest ??= posts[0] && `${posts[0].indexedAt} ${posts[0].uri}`
    if (!mark) break
    const fresh = posts.filter(({ indexedAt, uri }) => indexedAt >= upTo && uri !== known)
    items.push(
      ...fresh.flatMap(
        ({ uri, cid, record, indexedAt }) =>
          fromCommit(app, as, { did: as.externalId, uri, cid, record, at: new Date(indexedAt).toISOString() }) ?? [],
      ),
    )
    cursor = answer.value.cursor
    if (cursor === undefined || fresh.length < posts.length) break
  }
  return ok({ items: items.toReversed(), mark: newest ?? mark })
}
