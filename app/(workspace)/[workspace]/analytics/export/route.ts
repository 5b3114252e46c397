import type { z } from 'zod'
import { fileDoor, one } from '@/app/(workspace)/reading'
import { exportReport } from '@/lib/analytics'
import type { ReportOn } from '@/lib/analytics/schema'
import { ok } from '@/lib/core/result'
import { askedAccounts } from '../asked-accounts'

/** How people were answered, as a file. */
export const GET = fileDoor(async (ctx, given) => {
  const report = await exportReport(ctx, {
    // The query refuses what is no period.
    days: Number(given.get('days') ?? 28) as z.input<typeof ReportOn>['days'],
    calendarId: one(given, 'hours'),
    accountIds: [...askedAccounts(given)],
  })
  return report.ok ? ok({ ...report.value, mime: 'text/csv' }) : report
})
