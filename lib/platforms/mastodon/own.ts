import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Incoming } from '../platform'
import { accountIdOf, listStatuses, type Status } from './api'
import { fromStatus } from './incoming'
import { pageSize, readBackPages } from './limits'
import { aboveOf } from './told'
import { mastodonError } from './translate'

export type OwnAnswers = {
  readonly items: readonly Incoming[]
  /** The account's newest status by now. */
  readonly mark: string
}

/**
 * What the account answered others since `mark`, also in Mastodon's own apps, oldest first: no notification tells of it,
 * and the line only while it is held. Without a mark there is nothing but one to begin from. Of more than
 * `readBackPages` pages the newest are read.
 */
export async function answersSince(app: AppConfig, as: Credentials, mark: string | undefined): Answer<OwnAnswers> {
  const said: Status[] = []
  let maxId: string | undefined
  for (let page = 0; page < readBackPages; page++) {
    const answer = await listStatuses(app, as, {
      // Also without a mark: the one that a fork puts first need not be the latest.
      limit: pageSize,
      // Of an account that had none yet all that come are new.
      sinceId: mark === none ? undefined : mark,
      ...(maxId ? { maxId } : {}),
    })
    if (!answer.ok) return fail(mastodonError(answer.error, 'none', now()))
    const statuses = answer.value.body
    if (!mark) return ok({ items: [], mark: latestOf(statuses, none) })
    // A fork may not know `since_id`.
    const fresh = statuses.filter(({ id }) => isLater(id, mark))
    said.push(...fresh)
    maxId = statuses.at(-1)?.id
    // A short page is not yet the end: a server may filter after it counted.
    if (maxId === undefined || fresh.length < statuses.length) break
  }
  const me = accountIdOf(as)
  const ask = aboveOf(app, as)
  const items: Incoming[] = []
  for (const status of said.toReversed()) {
    if (!status.in_reply_to_id || status.in_reply_to_account_id === me) continue
    const above = await ask(status)
    if (!above.ok) return above
    items.push(fromStatus(status, above.value, me))
  }
  return ok({ items, mark: latestOf(said, mark ?? none) })
}

/** The mark of an account that has no status. */
const none = '0'

/** A fork may put first what is pinned, however old. */
const latestOf = (statuses: readonly { readonly id: string }[], mark: string): string =>
  statuses.reduce((latest, { id }) => (isLater(id, latest) ? id : latest), mark)

/** Names grow in length, and then letter by letter: Mastodon’s numbers, and what forks make of numbers and letters. */
const isLater = (id: string, mark: string): boolean => (id.length === mark.length ? id > mark : id.length > mark.length)
