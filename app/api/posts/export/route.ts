import { exportPosts } from '@/lib/posts'
import { serves } from '../../contract/door'
import * as contract from '../../contract/files'
import { instantOfEnd } from '../../contract/moments'
import { filterOf } from '../../contract/posts'

export const GET = serves(
  contract.exportPosts,
  (ctx, { query: { format, startDate, endDate, ...filter } }) =>
    exportPosts(ctx, {
      ...filterOf(filter),
      format,
      ...(startDate ? { from: instantOfEnd(startDate, ctx.workspace.timeZone) } : {}),
      ...(endDate ? { to: instantOfEnd(endDate, ctx.workspace.timeZone) } : {}),
    }),
  (file) => ({ body: { file } }),
)
