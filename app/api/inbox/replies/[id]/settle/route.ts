import { settleReply } from '@/lib/inbox'
import { serves } from '../../../../contract/door'
import * as contract from '../../../../contract/replies'

export const POST = serves(
  contract.settleReply,
  (ctx, { params, body: { answer, url = '' } }) => {
    const replyId = params.id
    return settleReply(ctx, answer === 'it_is_there' ? { replyId, answer, url } : { replyId, answer })
  },
  (_, { params }) => ({ body: { reply: { id: params.id } } }),
)
