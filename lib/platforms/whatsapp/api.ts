import { z } from 'zod'
import { doing, Done, edgeOf, graph, GraphId, withQuery } from '../graph'
import { fileName } from '../file-names'
import { multipart } from '../multipart'
import type { AppConfig, Credentials, MediaFile } from '../platform'
import { apiVersion } from './place'

type Account = Pick<Credentials, 'accessToken'>

const { version } = apiVersion
const at = (app: AppConfig, path: string): string => `${app.apiUrl}/${version}/${path}`
const ask = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>) =>
  graph(app, as.accessToken, at(app, path), shape)
const make = <T>(app: AppConfig, as: Account, path: string, shape: z.ZodType<T>, body: unknown) =>
  graph(app, as.accessToken, at(app, path), shape, doing(body))
const id = encodeURIComponent

/** What a number is part of, and whether each of it lets messages through. */
const Health = z.object({
  can_send_message: z.string().optional(),
  entities: z
    .array(
      z.object({
        entity_type: z.string(),
        id: GraphId,
        can_send_message: z.string().optional(),
        errors: z
          .array(z.object({ error_description: z.string().optional(), possible_solution: z.string().optional() }))
          .optional(),
      }),
    )
    .default([]),
})
const PhoneNumber = z.object({
  id: GraphId,
  display_phone_number: z.string(),
  verified_name: z.string().optional(),
  quality_rating: z.string().optional(),
  health_status: Health.optional(),
})
export type PhoneNumber = z.output<typeof PhoneNumber>
export const getNumber = (app: AppConfig, as: Account, number: string) =>
  ask(
    app,
    as,
    withQuery(id(number), { fields: 'id,display_phone_number,verified_name,quality_rating,health_status' }),
    PhoneNumber,
  )

const Inspected = z.object({
  data: z.object({
    is_valid: z.boolean().optional(),
    /** In seconds; 0 where the token does not end. */
    expires_at: z.number().default(0),
    scopes: z.array(z.string()).default([]),
  }),
})
export const inspectToken = (app: AppConfig, as: Account) =>
  ask(app, as, withQuery('debug_token', { input_token: as.accessToken }), Inspected)

/** Lets the token's app hear what happens at the business account. */
export const subscribe = (app: AppConfig, as: Account, business: string) =>
  make(app, as, `${id(business)}/subscribed_apps`, Done, {})
export const listSubscribed = (app: AppConfig, as: Account, business: string) =>
  ask(app, as, `${id(business)}/subscribed_apps`, edgeOf(z.looseObject({})))

/** Where a file that somebody sent is to be had, for five minutes, by the holder of the token. */
const MediaPlace = z.looseObject({ url: z.string(), file_size: z.coerce.number().optional() })
export const getMedia = (app: AppConfig, as: Account, media: string, number: string) =>
  ask(app, as, withQuery(id(media), { phone_number_id: number }), MediaPlace)

const Component = z.looseObject({ type: z.string(), format: z.string().optional(), text: z.string().optional() })
const Template = z.object({
  name: z.string(),
  language: z.string(),
  status: z.string(),
  category: z.string().optional(),
  components: z.array(Component).default([]),
})
export type ListedTemplate = z.output<typeof Template>
export const listTemplates = (app: AppConfig, as: Account, business: string, after: URLSearchParams) =>
  ask(
    app,
    as,
    withQuery(
      `${id(business)}/message_templates`,
      { fields: 'name,language,status,category,components', limit: '100' },
      after,
    ),
    edgeOf(Template),
  )

/** A file that a message may name for 30 days. Nobody sees it before. */
export function uploadFile(app: AppConfig, as: Account, number: string, file: MediaFile) {
  const form = multipart(
    { messaging_product: 'whatsapp', type: file.mime },
    {
      name: 'file',
      filename: fileName(file, file.kind),
      mime: file.mime,
      sizeBytes: file.sizeBytes,
      open: () => file.open(),
    },
  )
  const shape = z.object({ id: GraphId })
  return graph(app, as.accessToken, at(app, `${id(number)}/media`), shape, { method: 'POST', ...form })
}

type Shown = { readonly id: string; readonly caption: string }
type Body =
  | { readonly type: 'image'; readonly image: Shown }
  | { readonly type: 'video'; readonly video: Shown }
  | { readonly type: 'document'; readonly document: Shown & { readonly filename: string } }
  | { readonly type: 'text'; readonly text: { readonly body: string; readonly preview_url: boolean } }
  | {
      readonly type: 'template'
      readonly template: {
        readonly name: string
        readonly language: { readonly code: string }
        readonly components?: readonly {
          readonly type: 'body'
          readonly parameters: readonly { readonly type: 'text'; readonly text: string }[]
        }[]
      }
    }
/** Without `recipient_type` some messages are refused. */
type Address =
  /** A person's number, or the name of a group. */
  | { readonly recipient_type: 'individual' | 'group'; readonly to: string }
  /** Meta's name for a person who shows no number. */
  | { readonly recipient_type: 'individual'; readonly recipient: string }
export type NewMessage = {
  readonly messaging_product: 'whatsapp'
  readonly context?: { readonly message_id: string }
  /** Comes back in every report on the message. */
  readonly biz_opaque_callback_data?: string
} & Address &
  Body

/** Shows a person that this message, and what they wrote before it, was read. */
export const markMessageRead = (app: AppConfig, as: Account, number: string, message: string) =>
  make(app, as, `${id(number)}/messages`, Done, { messaging_product: 'whatsapp', status: 'read', message_id: message })

export const sendMessage = (app: AppConfig, as: Account, number: string, message: NewMessage) =>
  make(
    app,
    as,
    `${id(number)}/messages`,
    z.object({ messages: z.tuple([z.object({ id: z.string(), message_status: z.string().optional() })]) }),
    message,
  )
