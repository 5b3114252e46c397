import { listContactTags } from '@/lib/contacts'
import * as contract from '../../contract/contacts'
import { serves } from '../../contract/door'

export const GET = serves(
  contract.listContactTags,
  (ctx) => listContactTags(ctx, {}),
  (body) => ({ body }),
)
