import { z } from 'zod'
import { inMs, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { clockSkewMs } from '../read-back'
import { asAccount, xrpc } from './api'
import { fromCommit } from './incoming'
import { blueskyError } from './translate'

/** app.bsky.feed.getAuthorFeed gives 100 at most; nearly always nothing is new, so the first page is a short one. */
const pageSizes = [10, 100, 100, 100, 100, 100]

export type OwnAnswers = {
  readonly items: readonly Incoming[]
  /** When the newest of the account's feed came there (ISO 8601), and its name. */
  readonly mark: string
}

/** app.bsky.feed.defs#reasonRepost. What is pinned has none, and stands out of order. */
const Reposted = z.object({ indexedAt: z.string() })

/**
 * What the account answered others since `mark`, also in Bluesky's own app, oldest first: no notification tells of it, and
 * the line only while it is held, or for the minutes that it repeats. Without a mark there is nothing but one to begin from.
 * Of more than 510 the newest are read.
 */
export async function answersSince(app: AppConfig, as: Credentials, mark: string | undefined): Answer<OwnAnswers> {
  const items: Incoming[] = []
  const [upTo = ''] = (mark ?? '').split(' ')
  let newest = mark
  let cursor: string | undefined
  for (const limit of pageSizes) {
    const answer = await xrpc(asAccount(app, as), (client) =>
      client.app.bsky.feed.getAuthorFeed({
        actor: as.externalId,
        filter: 'posts_with_replies',
        limit,
        ...(cursor ? { cursor } : {}),
      }),
    )
    if (!answer.ok) return fail(blueskyError(answer.error, 'none', now()))
    // A repost is as new as the reposting, whatever it shows again.
    const listed = answer.value.feed.flatMap(({ post, reason }) => {
      const cameAt = reason ? Reposted.safeParse(reason).data?.indexedAt : post.indexedAt
      return cameAt === undefined ? [] : [{ post, cameAt, isOwn: !reason && post.author.did === as.externalId }]
    })
    for (const { cameAt, post } of listed) if (cameAt > (newest ?? '')) newest = `${cameAt} ${post.uri}`
    if (!mark) break
    const fresh = listed.filter(({ cameAt, post }) => cameAt >= upTo && `${cameAt} ${post.uri}` !== mark)
    items.push(
      ...fresh
        .filter(({ isOwn }) => isOwn)
        .flatMap(
          ({ cameAt, post: { uri, cid, record } }) =>
            fromCommit(app, as, { did: as.externalId, uri, cid, record, at: new Date(cameAt).toISOString() }) ?? [],
        ),
    )
    cursor = answer.value.cursor
    if (cursor === undefined || fresh.length < listed.length) break
  }
  // Of an account that has nothing yet all that comes is new.
  return ok({ items: items.toReversed(), mark: newest ?? inMs(-clockSkewMs).toISOString() })
}
