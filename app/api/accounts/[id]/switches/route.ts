import { setAccountSwitches } from '@/lib/accounts'
import * as contract from '../../../contract/desk'
import { serves } from '../../../contract/door'

export const PATCH = serves(
  contract.setSwitches,
  (ctx, { params, body }) => setAccountSwitches(ctx, { accountId: params.id, ...body }),
  (data) => ({ body: { data } }),
)
