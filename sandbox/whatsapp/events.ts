import type { Call } from '../core/call'
import { tellHub } from '../core/graph-hooks'
import type { World } from '../core/network'
import type { Account } from '../core/state'
import { businessOf } from './accounts'
import type { Chat, Group } from './chats'
import { contactView, usernameOf } from './people'
import { type FailureCode, failures } from './problems'

const seconds = (world: World): string => String(Math.floor(world.now() / 1000))

function tell(world: World, call: Pick<Call, 'faults'>, me: Account, value: Readonly<Record<string, unknown>>): void {
  tellHub(world, call, {
    object: 'whatsapp_business_account',
    accountId: me.id,
    field: 'messages',
    entry: {
      id: businessOf(me),
      changes: [
        {
          value: {
            messaging_product: 'whatsapp',
            metadata: { display_phone_number: me.handle, phone_number_id: me.id },
            ...value,
          },
          field: 'messages',
        },
      ],
    },
  })
}

/** Somebody wrote, or reacted, to the number or in a group. */
export const tellMessage = (
  world: World,
  call: Pick<Call, 'faults'>,
  q: { readonly me: Account; readonly from: Account; readonly group?: Group },
  message: Readonly<Record<string, unknown>>,
): void =>
  tell(world, call, q.me, {
    contacts: [contactView(world, q.from)],
    messages: [
      {
        ...(usernameOf(world, q.from) === undefined ? { from: q.from.handle } : { from_user_id: q.from.handle }),
        ...(q.group ? { group_id: q.group.id } : {}),
        timestamp: seconds(world),
        ...message,
      },
    ],
  })

/**
 * What became of a message of the business: of one in a group together for all to whom it came, each by itself. The key
 * comes back as it was given, but with failures.
 */
export function tellStatus(
  world: World,
  call: Pick<Call, 'faults'>,
  me: Account,
  { id, chat, key, status }: StatusTold,
): void {
  const isFailed = typeof status === 'number'
  const told = {
    id,
    status: isFailed ? 'failed' : status,
    timestamp: seconds(world),
    ...(chat.isUser ? { recipient_user_id: chat.name } : { recipient_id: chat.name }),
    ...(chat.group ? { recipient_type: 'group' } : {}),
    ...(isFailed
      ? { errors: [{ code: status, title: failures[status], message: failures[status] }] }
      : key === undefined
        ? {}
        : { biz_opaque_callback_data: key }),
  }
  const statuses =
    chat.group && status === 'delivered'
      ? chat.readers.map((reader) => ({
          ...told,
          ...(usernameOf(world, reader) === undefined
            ? { recipient_participant_id: reader.handle }
            : { recipient_participant_user_id: reader.handle }),
        }))
      : [told]
  const contacts = chat.isUser && !isFailed ? { contacts: chat.readers.map((one) => contactView(world, one)) } : {}
  tell(world, call, me, { ...contacts, statuses })
}

type StatusTold = {
  readonly id: string
  readonly chat: Chat
  readonly key?: string
  readonly status: 'sent' | 'delivered' | FailureCode
}
