import { responseReport } from '@/lib/analytics'
import { serves } from '../../contract/door'
import * as contract from '../../contract/inbox-analytics'

export const GET = serves(
  contract.readAnalytics,
  (ctx, { query: { days, accountId, calendarId } }) => responseReport(ctx, { days, accountIds: accountId, calendarId }),
  (report) => ({ body: { report } }),
)
