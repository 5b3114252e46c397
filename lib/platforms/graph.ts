import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { fail, ok } from '@/lib/core/result'
import { call, judge, liftedAfter, sentence, type Effect, type Refusal, type Reply, type Trouble } from './outcome'
import type { Answer, AppConfig, PlatformError } from './platform'
import { tooMuch } from './read-back'

/** Meta's own words for a failure (developers.facebook.com/docs/graph-api/guides/error-handling, read 2026-11-21). */
export const GraphProblem = z.object({
  error: z.object({
    message: z.string().optional(),
    type: z.string().optional(),
    code: z.number().optional(),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().optional(),
    error_user_title: z.string().optional(),
    error_user_msg: z.string().optional(),
  }),
})
export type GraphProblem = z.output<typeof GraphProblem>
export type GraphTrouble = Trouble<GraphProblem>
export type GraphReply<T> = Reply<T, GraphProblem>

/** Ids are numbers beyond what JavaScript counts exactly; Graph sends them as texts. */
export const GraphId = z.string().regex(/^[\w.:-]+$/)
export const Done = z.object({ success: z.boolean().optional() })

type Asked = Pick<HttpRequest, 'body' | 'headers'> & {
  readonly method?: 'GET' | 'POST' | 'DELETE'
}

/** One call to Graph. The token goes into a header, so that no address holds it. */
export const graph = <T>(
  app: AppConfig,
  token: string | undefined,
  url: string,
  shape: z.ZodType<T>,
  { method = 'GET', ...asked }: Asked = {},
): GraphReply<T> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      method,
      mutation: method !== 'GET',
      url,
      headers: { accept: 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...asked.headers },
      allow: 'networks',
    },
    { success: shape, problem: GraphProblem },
  )

/** Something to be done, as JSON. */
export const doing = (body: unknown) =>
  ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) as const

/** Bytes to `rupload.facebook.com`: they begin at `offset` of a file of `sizeBytes`, and go to its end. */
export function bringBytes(
  app: AppConfig,
  token: string,
  url: string,
  q: { readonly offset: number; readonly sizeBytes: number; readonly body: ReadableStream<Uint8Array> },
) {
  const headers = {
    authorization: `OAuth ${token}`,
    offset: String(q.offset),
    file_size: String(q.sizeBytes),
    'content-type': 'application/octet-stream',
    'content-length': String(q.sizeBytes - q.offset),
  }
  return graph(app, token, url, Done, {
    method: 'POST',
    headers,
    body: q.body,
  })
}

/**
 * The upload address that Meta names, at the host we know: a token never goes where an answer says alone.
 * @param named an address, or the path of one
 */
export const uploadUrl = (host: string, named: string): string => {
  const { pathname, search } = new URL(named, host)
  return `${host}${pathname}${search}`
}

const hourMs = 60 * 60_000
const Usage = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().optional() })))

/** When calls are taken again, by `X-Business-Use-Case-Usage` in minutes; an hour from now where Meta does not say. */
export function regainAt(headers: Headers, now: Date): Date {
  const parsed = Usage.safeParse(safeJson(headers.get('x-business-use-case-usage')))
  const minutes = parsed.success
    ? Object.values(parsed.data).flatMap((uses) => uses.map((u) => u.estimated_time_to_regain_access ?? 0))
    : []
  return liftedAfter(Math.max(0, ...minutes) * 60, now) ?? new Date(now.getTime() + hourMs)
}

function safeJson(text: string | null): unknown {
  if (text === null) return undefined
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** Rate limits of the app, the user and the page, and the business use cases (80001 pages, 80002 Instagram, …). */
const isRate = (code: number): boolean =>
  [4, 17, 32, 341, 613, 130429].includes(code) || (code >= 80_000 && code <= 80_014)
const isPermission = (code: number): boolean => code === 3 || code === 10 || (code >= 200 && code <= 299)

/** What Meta said, for the author: its sentence for people where there is one, without the code in front. */
function graphWords(problem: GraphProblem | undefined): string {
  const { error_user_msg, message } = problem?.error ?? {}
  return (error_user_msg ?? message ?? '').replace(/^\(#\d+\)\s*/, '')
}

const codeOf = (trouble: GraphTrouble): number | undefined =>
  trouble.kind === 'refused' ? trouble.problem?.error.code : undefined
const subcodeOf = (trouble: GraphTrouble): number | undefined =>
  trouble.kind === 'refused' ? trouble.problem?.error.error_subcode : undefined

/** The app, or who it acts for, has not the leave that the call wants. */
export const lacksLeave = (trouble: GraphTrouble): boolean => codeOf(trouble) === 10

/** "Object does not exist": it is gone, or never was. */
export const isGone = (trouble: GraphTrouble): boolean =>
  (codeOf(trouble) === 100 && subcodeOf(trouble) === 33) || codeOf(trouble) === 803

type Judging = {
  readonly label: string
  readonly effect: Effect
  readonly now: Date
  /** A network's own reading of a code, before the common one. */
  special?(code: number, subcode: number | undefined, refusal: Refusal<GraphProblem>): PlatformError | undefined
}

/** Meta's codes in our words. Codes decide, never the words of the message. */
export function graphError(trouble: GraphTrouble, { label, effect, now, special }: Judging): PlatformError {
  return judge(label, trouble, effect, (refusal) => {
    const { error } = refusal.problem ?? { error: {} }
    const { code = 0, error_subcode: subcode } = error
    const own = special?.(code, subcode, refusal)
    if (own) return own
    if (code === 190 || code === 102 || code === 467 || (code === 0 && refusal.status === 401))
      return { code: 'auth_expired', reason: `${label} no longer accepts this sign-in. Reconnect the account.` }
    if (isRate(code) || refusal.status === 429) return { code: 'rate_limited', retryAt: regainAt(refusal.headers, now) }
    // Meta's own machinery failed, and it does not say before or after the deed.
    if (code === 1 || code === 2 || error.is_transient)
      return {
        code: effect === 'visible' ? 'outcome_unknown' : 'unavailable',
        reason: `${label} had a fault of its own (code ${code}).`,
      }
    if (code === 506)
      return {
        code: 'rejected',
        reason: `${label} refuses this text because the account posted the same a short time ago. Change the text.`,
        duplicate: true,
      }
    // Private answers to comments, of which each has one (10900 and 10903 as clients met them; unverified).
    if (code === 10_900)
      return {
        code: 'rejected',
        reason: `${label} says that this comment was answered privately already: each is answered so once.`,
        duplicate: true,
      }
    if (code === 10_902 || code === 10_903)
      return {
        code: 'rejected',
        reason: `${label} takes no private answer to this comment: it is more than 7 days old, or its author gets no such messages.`,
      }
    if (code === 368)
      return {
        code: 'rejected',
        reason: `${label} blocks the account for now, for what it posted or how often. Look into its support inbox.`,
      }
    if (isPermission(code))
      return {
        code: 'rejected',
        reason: `${label} does not let this account do that. Reconnect it and allow everything that is asked for.`,
      }
    const words = graphWords(refusal.problem)
    return {
      code: 'rejected',
      reason: words
        ? `${label} refused it: ${sentence(words)}`
        : `${label} refused it without saying why (HTTP ${refusal.status}).`,
    }
  })
}

/** A refused sign-in is no expired one: the person starts again. `variables` names what may be wrong. */
export function graphSignInError(
  trouble: GraphTrouble,
  q: { label: string; variables: string; now: Date },
): PlatformError {
  const code = codeOf(trouble)
  if (trouble.kind === 'refused' && (code === 101 || (code === 1 && trouble.status < 500)))
    return { code: 'rejected', reason: `${q.label} does not know this app. Check ${q.variables}.` }
  if (trouble.kind === 'refused' && trouble.status < 500 && (code === undefined || code === 100 || code === 190))
    return {
      code: 'rejected',
      reason: `${q.label} says this sign-in was used already or has expired. Start connecting the account again.`,
    }
  return graphError(trouble, { label: q.label, effect: 'none', now: q.now })
}

/** A page of an edge. `paging.next` is read for its parameters only: it holds a token. */
export const edgeOf = <T extends z.ZodType>(shape: T) =>
  z.object({ data: z.array(shape), paging: z.object({ next: z.string().optional() }).optional() })
export type Edge<T> = {
  readonly data: readonly T[]
  readonly paging?: { readonly next?: string | undefined } | undefined
}

/**
 * Reads an edge to its end, or to the first page whose entries are all older than `from`. Fails when it does not end
 * within `pages`: what was not read in full proves nothing.
 */
export async function readEdge<T>(q: {
  readonly pages: number
  read(after: URLSearchParams): GraphReply<Edge<T>>
  /** Unix milliseconds, for edges that are listed newest first. */
  readonly newestFirst?: { readonly from: number; timeOf(one: T): number }
  failed(trouble: GraphTrouble): PlatformError
  /** Said of an edge that does not end, where there is more to say than that. */
  readonly tooMuch?: string
}): Answer<readonly T[]> {
  const found: T[] = []
  let after = new URLSearchParams()
  for (let page = 0; page < q.pages; page++) {
    const answer = await q.read(after)
    if (!answer.ok) return fail(q.failed(answer.error))
    const { data, paging } = answer.value.body
    found.push(...data)
    const { newestFirst } = q
    const past = newestFirst && data.length > 0 && data.every((one) => newestFirst.timeOf(one) < newestFirst.from)
    if (!paging?.next || data.length === 0 || past) return ok(found)
    after = onward(paging.next)
  }
  return fail(q.tooMuch === undefined ? tooMuch : { ...tooMuch, reason: q.tooMuch })
}

/** What tells the next page from this one: a cursor, or the older time-based pair. */
export function onward(next: string): URLSearchParams {
  const query = new URL(next).searchParams
  const kept = ['after', 'until', '__paging_token', '__previous'].flatMap((name) => {
    const value = query.get(name)
    return value === null ? [] : [[name, value]]
  })
  return new URLSearchParams(kept)
}

/** An address with a query of its own and what leads to the page after. */
export const withQuery = (path: string, query: Readonly<Record<string, string>>, after?: URLSearchParams): string =>
  `${path}?${new URLSearchParams([...Object.entries(query), ...(after ?? [])])}`
