import { accountOptions } from '@/lib/posts'
import { serves } from '../../../contract/door'
import { readOptions } from '../../../contract/desk'

export const GET = serves(
  readOptions,
  (ctx, { params, query: { field, after } }) => accountOptions(ctx, { accountId: params.id, field, after }),
  (body) => ({ body }),
)
