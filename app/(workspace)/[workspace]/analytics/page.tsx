import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { PeriodLinks } from '@/components/analytics/period-links'
import { ResponseReportView } from '@/components/analytics/response-report'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { responseReport } from '@/lib/analytics'
import { reportDays } from '@/lib/analytics/schema'
import { BarChart3 } from 'lucide-react'

export const metadata: Metadata = { title: 'Analytics' }

type Props = {
  readonly params: Promise<{ workspace: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function AnalyticsPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const asked = Number((await searchParams).days)
  const days = reportDays.find((each) => each === asked) ?? 28
  const report = granted(await responseReport(ctx, { days }))
  const isSilent = report.asked === 0 && report.sentiment.length === 0
  return (
    <Page>
      <PageHeader
        title="Analytics"
        description="How people who write to your accounts are answered."
        action={<PeriodLinks workspace={ctx.workspace.slug} days={days} />}
      />
      {isSilent ? (
        <EmptyState
          icon={<BarChart3 />}
          title="How you answer will be here"
          description={`Nobody wrote in the last ${days} days. Choose a longer time, or connect an account whose comments and messages come in.`}
        />
      ) : (
        <ResponseReportView report={report} days={days} />
      )}
    </Page>
  )
}
