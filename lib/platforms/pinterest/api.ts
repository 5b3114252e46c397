import { z } from 'zod'
import type { HttpRequest } from '@/lib/core/http'
import { multipart } from '../multipart'
import { call, type Reply } from '../outcome'
import type { AppConfig, Credentials, MediaFile } from '../platform'
import { jsonWithFiles, type InlineFile } from './body'
import { apiVersion } from './place'

/** Pinterest's own words for a failure. */
export const Problem = z.object({ code: z.number().default(0), message: z.string().default('') })
export type Problem = z.output<typeof Problem>

const Text = z.string().nullish()
const Me = z.object({
  id: z.string().min(1),
  username: z.string(),
  business_name: Text,
  account_type: z.string().optional(),
  profile_image: z.string().optional(),
  board_count: z.number().nullish(),
})
const Board = z.object({
  id: z.string(),
  name: z.string(),
  privacy: z.string().optional(),
  is_ads_only: z.boolean().default(false),
})
export type Board = z.output<typeof Board>
const Section = z.object({ id: z.string(), name: z.string() })
const Pin = z.object({
  id: z.string().min(1),
  title: Text,
  description: Text,
  link: Text,
  created_at: z.string().optional(),
  is_owner: z.boolean().optional(),
})
export type Pin = z.output<typeof Pin>
const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), bookmark: Text })

const Registered = z.object({
  media_id: z.string().min(1),
  upload_url: z.url(),
  upload_parameters: z.record(z.string(), z.string()),
})
const Media = z.object({ media_id: z.string(), status: z.string().default('registered') })

const Figures = z.record(z.string(), z.number())
const Analytics = z.record(
  z.string(),
  z.object({ summary_metrics: Figures.default({}), lifetime_metrics: Figures.default({}) }),
)
export type Analytics = z.output<typeof Analytics>

type Picture = { readonly content_type: string; readonly data: InlineFile }
type Cover =
  | { readonly cover_image_key_frame_time: number }
  | { readonly cover_image_content_type: string; readonly cover_image_data: InlineFile }
/** The body of `pins/create`, as far as we use it. Files stand in it as they are and are sent as base64. */
export type NewPin = {
  readonly board_id: string
  readonly board_section_id?: string
  readonly title?: string
  readonly description?: string
  readonly alt_text?: string
  readonly link?: string
  readonly media_source:
    | ({ readonly source_type: 'image_base64' } & Picture)
    | { readonly source_type: 'multiple_image_base64'; readonly items: readonly Picture[]; readonly index: number }
    | ({ readonly source_type: 'video_id'; readonly media_id: string } & Cover)
}

type Account = Pick<Credentials, 'accessToken'>
type Asked = Pick<HttpRequest, 'method' | 'body' | 'headers'> & { readonly mutation: boolean }

const send = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, asked: Asked): Reply<T, Problem> =>
  call(
    {
      timeoutMs: app.timeoutMs,
      ...asked,
      url: `${app.apiUrl}/${apiVersion.version}/${path}`,
      headers: { authorization: `Bearer ${as.accessToken}`, accept: 'application/json', ...asked.headers },
      allow: 'networks',
    },
    { success: shape, problem: Problem },
  )

const read = { method: 'GET', mutation: false } as const
const id = encodeURIComponent
/** The longest page there is. */
const pageSize = 250
const paged = (bookmark: string | undefined): string =>
  new URLSearchParams({ page_size: String(pageSize), ...(bookmark ? { bookmark } : {}) }).toString()

export const getMe = (app: AppConfig, as: Account) => send(app, as, 'user_account', Me, read)

/** One page of the account's own boards and of group boards that it may pin to. */
export const listBoards = (app: AppConfig, as: Account, bookmark: string | undefined) =>
  send(app, as, `boards?${paged(bookmark)}`, page(Board), read)

export const getBoard = (app: AppConfig, as: Account, board: string) =>
  send(app, as, `boards/${id(board)}`, Board, read)

export const listSections = (app: AppConfig, as: Account, board: string, bookmark: string | undefined) =>
  send(app, as, `boards/${id(board)}/sections?${paged(bookmark)}`, page(Section), read)

/** One page of a board's pins, or of one section's. The order is not documented; the newest come first. */
export const listPins = (
  app: AppConfig,
  as: Account,
  at: { readonly board: string; readonly section?: string | undefined },
  bookmark: string | undefined,
) => {
  const place = at.section ? `boards/${id(at.board)}/sections/${id(at.section)}` : `boards/${id(at.board)}`
  return send(app, as, `${place}/pins?${paged(bookmark)}`, page(Pin), read)
}

export const getPin = (app: AppConfig, as: Account, pin: string) => send(app, as, `pins/${id(pin)}`, Pin, read)

/** Shows a pin. Its pictures are in the one request, streamed. */
export const createPin = (app: AppConfig, as: Account, pin: NewPin) => {
  const { headers, body } = jsonWithFiles(pin)
  return send(app, as, 'pins', Pin, {
    method: 'POST',
    mutation: true,
    headers,
    body,
  })
}

export const deletePin = (app: AppConfig, as: Account, pin: string) =>
  send(app, as, `pins/${id(pin)}`, z.unknown(), { method: 'DELETE', mutation: true })

/** Says that a video will come, and gets the address and the form fields with which it is sent. Shows nowhere. */
export const registerVideo = (app: AppConfig, as: Account) =>
  send(app, as, 'media', Registered, {
    method: 'POST',
    mutation: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ media_type: 'video' }),
  })

export const getMedia = (app: AppConfig, as: Account, media: string) => send(app, as, `media/${id(media)}`, Media, read)

/** Sends a video to the store that Pinterest named; the form's fields are the permission. Harmless when repeated. */
export const uploadVideo = (
  app: AppConfig,
  at: { readonly url: string; readonly fields: Readonly<Record<string, string>> },
  file: MediaFile,
): Reply<unknown, Problem> => {
  const form = multipart(at.fields, {
    name: 'file',
    mime: file.mime,
    sizeBytes: file.sizeBytes,
    open: () => file.open(),
  })
  return call(
    {
      url: at.url,
      method: 'POST',
      mutation: true,
      allow: 'networks',
      timeoutMs: app.timeoutMs,
      ...form,
    },
    { success: z.unknown(), problem: Problem },
  )
}

/** Days are of UTC, as in 2026-11-25, both included; 90 days at most, and none further back. */
export const getAnalytics = (
  app: AppConfig,
  as: Account,
  pin: string,
  q: { readonly from: string; readonly to: string; readonly metrics: readonly string[] },
) => {
  const query = new URLSearchParams({ start_date: q.from, end_date: q.to })
  // The list has commas between, as the description says (`explode: false`).
  return send(app, as, `pins/${id(pin)}/analytics?${query}&metric_types=${q.metrics.join(',')}`, Analytics, read)
}
