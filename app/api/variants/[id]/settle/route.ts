import { settleVariant } from '@/lib/posts'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/posts'

export const POST = serves(
  contract.settleVariant,
  (ctx, { params: { id: variantId }, body: { answer, url } }) =>
    settleVariant(ctx, answer === 'there' ? { variantId, answer, url: url ?? '' } : { variantId, answer }),
  ({ variantId }) => ({ body: { variant: { id: variantId } } }),
)
