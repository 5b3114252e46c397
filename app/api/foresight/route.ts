import { foresight } from '@/lib/posts'
import { serves } from '../contract/door'
import { instantOfEnd } from '../contract/moments'
import { readForesight } from '../contract/posts'

export const GET = serves(
  readForesight,
  (ctx, { query: { startDate, endDate, projectId } }) =>
    foresight(ctx, {
      from: instantOfEnd(startDate, ctx.workspace.timeZone),
      to: instantOfEnd(endDate, ctx.workspace.timeZone),
      projectId,
    }),
  (outlook) => ({ body: { outlook } }),
)
