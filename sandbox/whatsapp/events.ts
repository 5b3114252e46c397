import type { Call } from '../core/call'
import { tellHub } from '../core/graph-hooks'
import type { World } from '../core/network'
import type { Account } from '../core/state'
import { businessOf } from './accounts'
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

/** Somebody wrote, or reacted. */
export const tellMessage = (
  world: World,
  call: Pick<Call, 'faults'>,
  me: Account,
  from: Account,
  message: Readonly<Record<string, unknown>>,
): void =>
  tell(world, call, me, {
    contacts: [{ profile: { name: from.name }, wa_id: from.handle }],
    messages: [{ from: from.handle, timestamp: seconds(world), ...message }],
  })

/** What became of a message of the business. The key comes back as it was given, but with failures. */
export const tellStatus = (
  world: World,
  call: Pick<Call, 'faults'>,
  me: Account,
  q: {
    readonly id: string
    readonly to: string
    readonly key?: string
    readonly status: 'sent' | 'delivered' | FailureCode
  },
): void =>
  tell(world, call, me, {
    statuses: [
      {
        id: q.id,
        status: typeof q.status === 'number' ? 'failed' : q.status,
        timestamp: seconds(world),
        recipient_id: q.to,
        ...(typeof q.status === 'number'
          ? { errors: [{ code: q.status, title: failures[q.status], message: failures[q.status] }] }
          : q.key === undefined
            ? {}
            : { biz_opaque_callback_data: q.key }),
      },
    ],
  })
