import { getLedger } from '@/lib/posts'
import { toLedger } from '../../../contract/answers'
import { serves } from '../../../contract/door'
import * as contract from '../../../contract/posts'

export const GET = serves(
  contract.readLedger,
  (ctx, { params }) => getLedger(ctx, { postId: params.id }),
  (variants) => ({ body: { ledger: variants.map(toLedger) } }),
)
