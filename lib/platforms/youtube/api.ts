import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials } from '../platform'

/** Google's own words for a failure; its sign-in says it in a shorter form. */
export const Problem = z.object({
  error: z.union([
    z.string(),
    z.object({
      code: z.number().optional(),
      message: z.string().optional(),
      errors: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional(),
    }),
  ]),
  error_description: z.string().optional(),
})
export type Problem = z.output<typeof Problem>

export type Account = Pick<Credentials, 'accessToken'>
/** `units`: what it takes of the project's day (developers.google.com/youtube/v3/determine_quota_cost). */
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean; readonly units: number }

/** Asks Google once, after the project’s day has been told what it takes. */
export async function send<T>(
  app: AppConfig,
  as: Account,
  url: string,
  shape: z.ZodType<T>,
  { units, ...asked }: Asked,
): Reply<T, Problem> {
  if (units > 0) await app.spend?.(units)
  return call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: url.startsWith('/') ? `${app.apiUrl}${url}` : url,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'application/json', ...asked.headers },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )
}

/** Where a resource of the Data API is asked for. */
export const at = (resource: string, query: Record<string, string>): string =>
  `/youtube/v3/${resource}?${new URLSearchParams(query)}`
/** What a call that reads takes. */
export const read = { method: 'GET', mutation: false, units: 1 } as const
const json = { 'content-type': 'application/json; charset=UTF-8' }
/** What a call that writes takes, with what it sends. */
export const write = (body: unknown) =>
  ({ method: 'POST', mutation: true, units: 50, headers: json, body: JSON.stringify(body) }) as const
/** Names a page; the first has no name. */
export const paged = (pageToken: string | undefined): Record<string, string> => (pageToken ? { pageToken } : {})

const Channels = z.object({
  items: z
    .array(
      z.object({
        id: z.string(),
        snippet: z.object({
          title: z.string(),
          customUrl: z.string().optional(),
          thumbnails: z.object({ default: z.object({ url: z.string() }).optional() }).optional(),
        }),
        contentDetails: z.object({ relatedPlaylists: z.object({ uploads: z.string() }) }),
        status: z.object({ longUploadsStatus: z.string().optional(), privacyStatus: z.string().optional() }).optional(),
      }),
    )
    .default([]),
})

export const getMyChannel = (app: AppConfig, as: Account) =>
  send(app, as, at('channels', { part: 'snippet,contentDetails,status', mine: 'true' }), Channels, read)
