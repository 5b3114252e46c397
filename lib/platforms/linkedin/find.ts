import { now } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Part, PlatformError, Published } from '../platform'
import { alone, clockSkewMs, tooMuch } from '../read-back'
import { listComments, listPosts, type Comment, type Post } from './api'
import { readBackPages, readBackPageSize } from './limits'
import { linkedinError, matches, matchesComment, toPublished, toPublishedComment } from './translate'

export const isPage = (as: Pick<Credentials, 'externalId'>): boolean => as.externalId.startsWith('urn:li:organization:')

/** For pages. LinkedIn lets no app list the posts of a member. */
export async function findPublished(
  app: AppConfig,
  as: Credentials,
  part: Part,
  since: Date,
): Answer<Published | undefined> {
  if (!isPage(as))
    return fail({ code: 'unavailable', reason: 'LinkedIn does not let apps read the posts of a person.' })
  const from = since.getTime() - clockSkewMs
  const { replyTo } = part
  if (part.kind === 'comment' && replyTo) return findComment(app, as, { on: replyTo.parent.externalId, part }, from)
  return conclude(
    await everySince(app, from, (start) => listPosts(app, as, as.externalId, start, readBackPageSize), timeOfPost),
    (post) => matches(post, part),
    ({ id }) => toPublished(app.webUrl, id),
  )
}

/** Our comment under a post, or under another comment, which `under` names then. `from` is in unix ms. */
export async function findComment(
  app: AppConfig,
  as: Credentials,
  { on, under, part }: { on: string; under?: string | undefined; part: Pick<Part, 'text'> },
  from: number,
): Answer<Published | undefined> {
  const read = await everyComment(app, as, under ?? on)
  return conclude(
    read.ok ? ok(read.value.filter((comment) => timeOfComment(comment) >= from)) : read,
    (comment) => matchesComment(comment, as.externalId, part),
    ({ id }) => toPublishedComment(app.webUrl, on, id),
  )
}

/** Every comment right under a post or a comment. LinkedIn does not say in which order they come: all are read. */
const everyComment = (app: AppConfig, as: Credentials, on: string): Answer<Comment[]> =>
  everySince(app, 0, (start) => listComments(app, as, on, start, readBackPageSize), timeOfComment)

const timeOfPost = (post: Post): number => post.publishedAt ?? post.createdAt ?? Infinity
const timeOfComment = (comment: Comment): number => comment.created?.time ?? Infinity

export type Listed<T> =
  Awaited<ReturnType<typeof listPosts>> extends Result<unknown, infer E>
    ? Promise<Result<{ body: { elements: T[] } }, E>>
    : never

/** All elements since `from` (unix ms), of a list whose newest come first where `from` is not 0. */
async function everySince<T>(
  app: AppConfig,
  from: number,
  list: (start: number) => Listed<T>,
  timeOf: (one: T) => number,
): Answer<T[]> {
  const found: T[] = []
  for (let page = 0; page < readBackPages; page++) {
    const answer = await list(page * readBackPageSize)
    if (!answer.ok) return fail(linkedinError(answer.error, 'none', app.webUrl, now()))
    const { elements } = answer.value.body
    found.push(...elements.filter((one) => timeOf(one) >= from))
    const oldest = Math.min(...elements.map(timeOf))
    if (elements.length < readBackPageSize || oldest < from) return ok(found)
  }
  return fail(tooMuch)
}

function conclude<T>(
  listed: Result<T[], PlatformError>,
  isOurs: (one: T) => boolean,
  toOurs: (one: T) => Published,
): Result<Published | undefined, PlatformError> {
  return listed.ok ? alone(listed.value.filter(isOurs), toOurs) : listed
}
