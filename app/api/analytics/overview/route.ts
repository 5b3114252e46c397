import { overview } from '@/lib/analytics'
import { readOverview } from '../../contract/analytics'
import { serves } from '../../contract/door'

export const GET = serves(
  readOverview,
  (ctx, { query: { days, platform, accountId, projectId } }) =>
    overview(ctx, { days, platforms: platform, accountIds: accountId, projectId }),
  (data) => ({ body: { data } }),
)
