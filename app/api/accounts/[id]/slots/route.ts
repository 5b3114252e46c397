import { listSlots, setSlots } from '@/lib/posts'
import { minuteOf, toSlot } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/history'

export const GET = serves(
  contract.readSlots,
  (ctx, { params }) => listSlots(ctx, { accountId: params.id }),
  (slots) => ({ body: { slots: slots.map(toSlot) } }),
)

export const PUT = serves(
  contract.setSlots,
  (ctx, { params, body: { slots } }) =>
    setSlots(ctx, {
      accountId: params.id,
      slots: slots.map(({ weekday, time }) => ({ weekday, minute: minuteOf(time) })),
    }),
  ({ slots }) => ({ body: { slots: slots.map(toSlot) } }),
)
