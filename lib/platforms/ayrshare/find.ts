import { day, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, Published } from '../platform'
import { listComments, listHistory, type Comment, type Named } from './api'
import { keysOf } from './keys'
import { copyMs, dateStepMs, historyMax } from './limits'
import type { TheirName } from './names'
import { ayrshareError, keyOf, outcomeOf, refOf, textOf, toPublished } from './translate'
import { oneLine } from '../text'
import { clockSkewMs } from '../read-back'

type Asked = { readonly platform: TheirName; readonly label: string }

/**
 * Looks for a post by the key that it carries: the history says what became of it. For a comment, which carries none,
 * by its words under its post.
 */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
  asked: Asked,
): Answer<Published | undefined> {
  const on = part.kind === 'comment' ? part.replyTo?.parent : undefined
  return on ? findComment(app, as, { on, text: part.text, since }, asked) : findPost(app, as, part, since, asked)
}

async function findPost(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
  { platform, label }: Asked,
): Answer<Published | undefined> {
  const ageMs = now().getTime() - since.getTime() + clockSkewMs
  const lastDays = Math.max(1, Math.ceil(ageMs / day) + 1)
  const answer = await listHistory(app, keysOf(as), { platform, lastDays, limit: historyMax })
  if (!answer.ok) return fail(ayrshareError(answer.error, 'none', label, now()))
  const { history } = answer.value.body
  const entry = history.find(({ notes }) => notes === keyOf(part))
  if (entry) return outcomeOf(entry, platform, label)
  return history.length < historyMax
    ? ok(undefined)
    : fail({ code: 'unavailable', reason: 'Too much was posted since then for Ayrshare’s history to be read in full.' })
}

/** The name by which comments under a post are asked for. */
export function namedPost({ externalId, ref }: Pick<Published, 'externalId' | 'ref'>, platform: TheirName): Named {
  const { ayrshare } = refOf({ ref })
  return ayrshare ? { id: ayrshare, platform, isTheirs: true } : { id: externalId, platform, isTheirs: false }
}

type Sought = {
  readonly on: Pick<Published, 'externalId' | 'ref'>
  /** The comment that it answers, and the first of its thread as far as it is known; absent for one on the post itself. */
  readonly under?: { readonly comment: string; readonly thread: string }
  readonly text: string
  readonly since: Date
}

/** Ayrshare hands out a copy for ten minutes, also to other readers of ours: not being in it is "not there" then, not now. */
export async function findComment(
  app: AppConfig,
  as: Credentials,
  { on, under, text, since }: Sought,
  { platform, label }: Asked,
): Answer<Published | undefined> {
  const answer = await listComments(app, keysOf(as), namedPost(on, platform))
  if (!answer.ok) return fail(ayrshareError(answer.error, 'none', label, now()))
  const { comments, lastUpdated, nextUpdate } = answer.value.body
  // Threads are two deep: an answer to an answer stands beside it.
  const isItsThread = ({ commentId, replies }: (typeof comments)[number]) =>
    commentId === under?.comment ||
    commentId === under?.thread ||
    replies.some((reply) => reply.commentId === under?.comment)
  const among: readonly Comment[] = under ? comments.filter(isItsThread).flatMap(({ replies }) => replies) : comments
  // X knows no levels, and names what each answers.
  const beside = under ? comments.filter(({ parentId }) => parentId === under.comment) : []
  const from = since.getTime() - clockSkewMs
  const [first, second] = [...among, ...beside].filter(
    ({ comment, created }) => oneLine(comment) === oneLine(textOf({ text })) && Date.parse(created) >= from,
  )
  if (second)
    return fail({ code: 'outcome_unknown', reason: 'Two comments there look like this one: compare them by eye.' })
  if (first) return ok(toPublished(first.commentId, first.commentUrl ?? '', { isComment: true }))
  // Both by Ayrshare's clock.
  const askedAt = Date.parse(answer.value.headers.get('date') ?? '')
  const madeAt = Date.parse(lastUpdated ?? '')
  const nextAt = nextUpdate ? Date.parse(nextUpdate) : madeAt + copyMs
  return fail({
    code: 'unavailable',
    reason: 'Ayrshare’s copy of these comments does not have it; a newer copy is asked for.',
    ...(Number.isFinite(askedAt - madeAt) && Number.isFinite(nextAt)
      ? {
          copy: {
            ageMs: Math.max(0, askedAt - madeAt) + dateStepMs,
            nextInMs: Math.max(0, nextAt - askedAt) + dateStepMs,
          },
        }
      : {}),
  })
}
