import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { AccountFilter } from '@/components/analytics/account-filter'
import { HoursLinks, PeriodLinks } from '@/components/analytics/period-links'
import { ResponseReportView } from '@/components/analytics/response-report'
import { buttonStyle } from '@/components/ui/button-style'
import { Callout } from '@/components/ui/callout'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { everyAccount } from '@/lib/accounts'
import { responseReport } from '@/lib/analytics'
import { mostAccounts } from '@/lib/analytics/schema'
import { paths } from '@/lib/core/paths'
import { listCalendars } from '@/lib/routing'
import { may } from '@/lib/workspace'
import { BarChart3, Download } from 'lucide-react'
import { askedAccounts } from './asked-accounts'
import { askedDays } from './asked-days'

export const metadata: Metadata = { title: 'Analytics' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AnalyticsPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const asked = await searchParams
  const { days, problem } = askedDays(asked.days)
  const [known, offered] = await Promise.all([listCalendars(ctx, {}), everyAccount(ctx, { includeDisconnected: true })])
  const calendars = granted(known)
  const hours = calendars.find(({ id }) => id === asked.hours)?.id
  const accounts = askedAccounts(asked)
  const about = { days, hours, accounts }
  const report =
    accounts.length > mostAccounts
      ? undefined
      : granted(await responseReport(ctx, { days, calendarId: hours, accountIds: [...accounts] }))
  const isSilent = report?.asked === 0 && report.byHour.every((n) => n === 0)
  const { slug } = ctx.workspace
  return (
    <Page>
      <PageHeader
        title="Analytics"
        description="How people who write to your accounts are answered."
        action={
          <span className="flex flex-wrap items-center gap-2">
            <AccountFilter accounts={offered.ok ? offered.value : []} />
            <PeriodLinks workspace={slug} asked={about} />
            {report && !isSilent && may(ctx.role, 'analytics.export') && (
              <a href={paths.analyticsExport(slug, about)} download className={buttonStyle()}>
                <Download aria-hidden />
                CSV
              </a>
            )}
          </span>
        }
      />
      {problem && <Callout tone="review">{problem}</Callout>}
      {!report ? (
        <Callout tone="review" title={`A report is about ${mostAccounts} accounts at most`}>
          {accounts.length} are chosen. Take some away, or all of them: then it is about every account.
        </Callout>
      ) : isSilent ? (
        <EmptyState
          icon={<BarChart3 />}
          title="How you answer will be here"
          description={`Nobody wrote ${accounts.length > 0 ? 'to these accounts ' : ''}in the last ${days} days. Choose a longer time, ${accounts.length > 0 ? 'or other accounts' : 'or connect an account whose comments and messages come in'}.`}
        />
      ) : (
        <ResponseReportView
          report={report}
          days={days}
          hours={
            <HoursLinks
              workspace={slug}
              asked={about}
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
