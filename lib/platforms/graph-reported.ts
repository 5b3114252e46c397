import { z } from 'zod'
import { fileAt } from './graph-files'
import { personOf } from './graph-people'
import type { HubReport } from './graph-webhook'
import type { Incoming } from './platform'

const Reported = z.looseObject({
  sender: z.object({ id: z.string() }),
  recipient: z.object({ id: z.string() }),
  timestamp: z.number(),
  message: z
    .looseObject({
      mid: z.string(),
      text: z.string().optional(),
      is_echo: z.boolean().optional(),
      is_deleted: z.boolean().optional(),
      reply_to: z.object({ mid: z.string().optional() }).optional(),
      attachments: z
        .array(z.object({ type: z.string(), payload: z.looseObject({ url: z.string().optional() }).optional() }))
        .optional(),
    })
    .optional(),
  reaction: z
    .object({ mid: z.string(), action: z.string(), reaction: z.string().optional(), emoji: z.string().optional() })
    .optional(),
  /** Of words alone; `num_edit` counts how often they were changed. */
  message_edit: z.object({ mid: z.string(), text: z.string(), num_edit: z.coerce.number().optional() }).optional(),
})
type Reported = z.output<typeof Reported>

/** What a report says of a message; undefined when it is about something else. */
export const messageOf = ({ field, value }: HubReport): Reported | undefined =>
  ['messages', 'message_reactions', 'message_edit'].includes(field) ? Reported.safeParse(value).data : undefined

/** A message's own name, and others for its changes and its end. */
export function nameOfMessage(report: HubReport): string | undefined {
  const { message, message_edit: edit } = messageOf(report) ?? {}
  if (edit?.num_edit !== undefined) return `${edit.mid}:edit:${edit.num_edit}`
  return message && `${message.mid}${message.is_deleted ? ':deleted' : ''}`
}

/** A reported message, a change of one, or a reaction, seen from the account `me`. */
export function fromReported(reported: Reported, me: string, label: string) {
  const { sender, recipient, timestamp, message, reaction, message_edit: edit } = reported
  const own = message?.is_echo === true || sender.id === me
  const other = own ? recipient.id : sender.id
  const at = new Date(timestamp).toISOString()
  const common = { at, author: personOf(sender, label), own, conversation: other, media: [], text: '' }
  const incoming: Incoming[] = []
  if (reaction)
    incoming.push({
      ...common,
      kind: 'reaction',
      externalId: `${reaction.mid}:${sender.id}:reaction`,
      change: reaction.action === 'unreact' ? 'deleted' : 'new',
      reaction: reaction.emoji ?? reaction.reaction ?? 'like',
      parent: reaction.mid,
      ref: {},
    })
  if (edit)
    incoming.push({
      ...common,
      kind: 'dm',
      externalId: edit.mid,
      change: 'edited',
      text: edit.text,
      ref: { to: other },
    })
  if (message)
    incoming.push({
      ...common,
      kind: 'dm',
      externalId: message.mid,
      change: message.is_deleted ? 'deleted' : 'new',
      text: message.text ?? '',
      ...(message.reply_to?.mid ? { parent: message.reply_to.mid } : {}),
      media: (message.attachments ?? []).flatMap(({ type, payload }) => {
        const kind = type === 'image' || type === 'video' || type === 'audio' ? type : 'file'
        return payload?.url ? [fileAt(kind, payload.url)] : []
      }),
      ref: { to: other },
    })
  return incoming
}
