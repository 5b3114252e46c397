import { setState } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/inbox'

export const PUT = serves(
  contract.setState,
  (ctx, { params, body: { state, until, disposition } }) => {
    const conversationIds = [params.id]
    switch (state) {
      case 'snoozed':
        return setState(ctx, { conversationIds, state, until: new Date(until ?? 0) })
      case 'done':
        return setState(ctx, { conversationIds, state, disposition })
      case 'todo':
      case 'waiting':
        return setState(ctx, { conversationIds, state })
    }
  },
  (body) => ({ body }),
)
