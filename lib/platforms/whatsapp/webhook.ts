import { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { metaDoor } from '../graph-webhook'
import { parseReport } from '../outcome'
import type { Webhook, WebhookEvent } from '../platform'

const Media = z.looseObject({
  id: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
  mime_type: z.string().optional(),
})
export type Media = z.output<typeof Media>
/** What somebody sent (WhatsApp Cloud API OpenAPI v23.0, the examples of its webhooks). */
const Message = z.looseObject({
  from: z.string(),
  id: z.string(),
  timestamp: z.string(),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  button: z.looseObject({ text: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.looseObject({ title: z.string() }).optional(),
      list_reply: z.looseObject({ title: z.string() }).optional(),
    })
    .optional(),
  reaction: z.object({ message_id: z.string(), emoji: z.string().optional() }).optional(),
  location: z.looseObject({ name: z.string().optional(), address: z.string().optional() }).optional(),
  image: Media.optional(),
  video: Media.optional(),
  audio: Media.optional(),
  sticker: Media.optional(),
  document: Media.optional(),
  system: z.looseObject({ body: z.string().optional() }).optional(),
  context: z.looseObject({ id: z.string().optional() }).optional(),
})
export type Message = z.output<typeof Message>

/** What became of a message of ours. */
const Status = z.looseObject({
  id: z.string(),
  status: z.string(),
  timestamp: z.string(),
  recipient_id: z.string(),
  biz_opaque_callback_data: z.string().optional(),
  errors: z
    .array(z.looseObject({ code: z.number(), title: z.string().optional(), message: z.string().optional() }))
    .optional(),
})
export type Status = z.output<typeof Status>

const Value = z.looseObject({
  metadata: z.object({ phone_number_id: z.string() }).optional(),
  contacts: z
    .array(z.looseObject({ wa_id: z.string(), profile: z.looseObject({ name: z.string().optional() }).optional() }))
    .default([]),
  messages: z.array(z.looseObject({ id: z.string() })).default([]),
  statuses: z.array(z.looseObject({ id: z.string(), status: z.string() })).default([]),
})
const Body = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ id: z.string(), changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
})

/** One thing of those that WhatsApp reports together. What `WebhookEvent.raw` holds. */
const Heard = z.union([z.object({ message: Message, name: z.string().optional() }), z.object({ status: Status })])
export const heardIn = ({ raw }: Pick<WebhookEvent, 'raw'>) => Heard.safeParse(raw).data

/** A report holds several messages and several states of ours: each is an event of its own, by the network's own name. */
export const webhook: Webhook = {
  ...metaDoor,
  read(rawBody) {
    const body = Body.safeParse(parseReport(rawBody))
    if (!body.success) return fail({ reason: 'This is not a report of WhatsApp’s webhooks.' })
    return ok(
      body.data.entry.flatMap(({ id, changes }) =>
        changes.flatMap(({ field, value }): WebhookEvent[] => {
          const { data } = field === 'messages' ? Value.safeParse(value) : {}
          const account = data?.metadata?.phone_number_id
          // News of templates and of the account are about the business as a whole.
          if (!data || !account)
            return [
              {
                externalId: sha256(JSON.stringify([id, field, value])),
                type: field,
                accountExternalId: id,
                raw: value,
              },
            ]
          const names = new Map(data.contacts.map(({ wa_id, profile }) => [wa_id, profile?.name]))
          return [
            ...data.messages.map((message): WebhookEvent => {
              const name = names.get(String(message.from))
              return {
                externalId: message.id,
                type: 'messages',
                accountExternalId: account,
                raw: { message, ...(name ? { name } : {}) },
              }
            }),
            ...data.statuses.map((status): WebhookEvent => ({
              externalId: `${status.id}:${status.status}`,
              type: 'statuses',
              accountExternalId: account,
              raw: { status },
            })),
          ]
        }),
      ),
    )
  },
}
