import { z } from 'zod'
import { sha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { metaDoor } from '../graph-webhook'
import { parseReport } from '../outcome'
import type { Webhook, WebhookEvent } from '../platform'
import { FilledForm } from './filled-form'
import { numberOf } from './who'

const Media = z.looseObject({
  id: z.string().optional(),
  caption: z.string().optional(),
  filename: z.string().optional(),
  mime_type: z.string().optional(),
})
export type Media = z.output<typeof Media>
/** What somebody sent (WhatsApp Cloud API OpenAPI v23.0, the examples of its webhooks). */
const Message = z.looseObject({
  /** Their number; absent for who shows none, and is named by `from_user_id` alone. */
  from: z.string().nullish(),
  /** Meta’s name for whoever wrote, whether they show their number or not. */
  from_user_id: z.string().nullish(),
  /** Of what is said in a group, and of nothing else. */
  group_id: z.string().nullish(),
  id: z.string(),
  timestamp: z.string(),
  type: z.string(),
  text: z.object({ body: z.string() }).optional(),
  button: z.looseObject({ text: z.string() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.looseObject({ title: z.string() }).optional(),
      list_reply: z.looseObject({ title: z.string() }).optional(),
      nfm_reply: FilledForm.optional(),
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

/** What became of a message of ours; in a group, also with one of those in it. */
const Status = z.looseObject({
  id: z.string(),
  status: z.string(),
  timestamp: z.string(),
  /** Whose number it went to, or the group's name; absent for who shows no number. */
  recipient_id: z.string().optional(),
  /** Meta’s name for whom it went to, beside their number or in its place. */
  recipient_user_id: z.string().optional(),
  recipient_type: z.string().optional(),
  recipient_participant_id: z.string().optional(),
  recipient_participant_user_id: z.string().optional(),
  /** WhatsApp's OpenAPI has this in the place of `recipient_type`, beside the number of one of them. */
  group_id: z.string().optional(),
  biz_opaque_callback_data: z.string().optional(),
  errors: z
    .array(z.looseObject({ code: z.number(), title: z.string().optional(), message: z.string().optional() }))
    .optional(),
})
export type Status = z.output<typeof Status>

/** The group that a message of ours went to; undefined where it went to one person. */
export const groupOf = ({ group_id: named, recipient_type: type, recipient_id: to }: Status): string | undefined =>
  named ?? (type === 'group' ? to : undefined)

/** Of a message to a group: whom of it a state is about; undefined where it is about the message. */
export function participantOf(status: Status): string | undefined {
  const group = groupOf(status)
  if (group === undefined) return undefined
  const { recipient_participant_id: number, recipient_participant_user_id: user, recipient_user_id: other } = status
  const { recipient_id: to } = status
  return number ?? user ?? other ?? (to === group ? undefined : to)
}

/** By what a state goes: WhatsApp tells each of those in a group by itself, of the same message. */
function stateName(status: { readonly id: string; readonly status: string }): string {
  const { data } = Status.safeParse(status)
  return [status.id, status.status, data && participantOf(data)].filter(Boolean).join(':')
}

const Value = z.looseObject({
  metadata: z.object({ phone_number_id: z.string() }).optional(),
  contacts: z
    // Who shows no number has none here.
    .array(
      z.looseObject({
        wa_id: z.string().nullish(),
        user_id: z.string().nullish(),
        profile: z.looseObject({ name: z.string().nullish(), username: z.string().nullish() }).nullish(),
      }),
    )
    .default([]),
  messages: z.array(z.looseObject({ id: z.string() })).default([]),
  statuses: z.array(z.looseObject({ id: z.string(), status: z.string() })).default([]),
})
type Contact = z.output<typeof Value>['contacts'][number]

/** How whoever wrote calls themselves. */
const profileOf = (message: Readonly<Record<string, unknown>>, contacts: readonly Contact[]): Contact['profile'] =>
  (
    contacts.find(({ wa_id }) => wa_id && wa_id === numberOf(String(message.from))) ??
    contacts.find(({ user_id }) => user_id && user_id === message.from_user_id)
  )?.profile

const Body = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(z.object({ id: z.string(), changes: z.array(z.object({ field: z.string(), value: z.unknown() })) })),
})

/** One thing of those that WhatsApp reports together. What `WebhookEvent.raw` holds. */
const Heard = z.union([
  z.object({ message: Message, name: z.string().optional(), username: z.string().optional() }),
  z.object({ status: Status }),
])
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
          return [
            ...data.messages.map((message): WebhookEvent => {
              const { name, username } = profileOf(message, data.contacts) ?? {}
              return {
                externalId: message.id,
                type: 'messages',
                accountExternalId: account,
                raw: { message, ...(name ? { name } : {}), ...(username ? { username } : {}) },
              }
            }),
            ...data.statuses.map((status): WebhookEvent => ({
              externalId: stateName(status),
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
