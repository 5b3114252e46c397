import { listProjects } from '@/lib/workspace'
import * as contract from '../contract/desk'
import { serves } from '../contract/door'

export const GET = serves(
  contract.listProjects,
  (ctx, { query: { archived } }) => listProjects(ctx, { archived: archived === 'true' }),
  (data) => ({ body: { data } }),
)
