import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { HoursLinks, PeriodLinks } from '@/components/analytics/period-links'
import { ResponseReportView } from '@/components/analytics/response-report'
import { buttonStyle } from '@/components/ui/button-style'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { responseReport } from '@/lib/analytics'
import { reportDays } from '@/lib/analytics/schema'
import { paths } from '@/lib/core/paths'
import { listCalendars } from '@/lib/routing'
import { may } from '@/lib/workspace'
import { BarChart3, Download } from 'lucide-react'

export const metadata: Metadata = { title: 'Analytics' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AnalyticsPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const asked = await searchParams
  const days = reportDays.find((each) => each === Number(asked.days)) ?? 28
  const calendars = granted(await listCalendars(ctx, {}))
  const hours = calendars.find(({ id }) => id === asked.hours)?.id
  const report = granted(await responseReport(ctx, { days, calendarId: hours }))
  const isSilent = report.asked === 0 && report.sentiment.length === 0
  const { slug } = ctx.workspace
  return (
    <Page>
      <PageHeader
        title="Analytics"
        description="How people who write to your accounts are answered."
        action={
          <span className="flex flex-wrap items-center gap-2">
            <PeriodLinks workspace={slug} days={days} hours={hours} />
            {!isSilent && may(ctx.role, 'analytics.export') && (
              <a href={paths.analyticsExport(slug, days, hours)} download className={buttonStyle()}>
                <Download aria-hidden />
                CSV
              </a>
            )}
          </span>
        }
      />
      {isSilent ? (
        <EmptyState
          icon={<BarChart3 />}
          title="How you answer will be here"
          description={`Nobody wrote in the last ${days} days. Choose a longer time, or connect an account whose comments and messages come in.`}
        />
      ) : (
        <ResponseReportView
          report={report}
          days={days}
          hours={
            <HoursLinks
              workspace={slug}
              days={days}
              here={report.businessHours?.id}
              calendars={calendars}
              mayManage={may(ctx.role, 'inbox.manage')}
            />
          }
        />
      )}
    </Page>
  )
}
