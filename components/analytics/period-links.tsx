import { cn } from '@/components/ui/cn'
import { paths } from '@/lib/core/paths'
import Link from 'next/link'
import { reportDays } from '@/lib/analytics/schema'

/** Periods to choose from, as links: the address says which is shown. */
export function PeriodLinks({ workspace, days }: { readonly workspace: string; readonly days: number }) {
  return (
    <nav aria-label="Period" className="flex rounded-control border bg-surface p-0.5">
      {reportDays.map((each) => (
        <Link
          key={each}
          href={paths.analytics(workspace, each)}
          aria-current={each === days ? 'page' : undefined}
          className={cn(
            'rounded-control px-3 py-1 text-table text-text-2 hover:text-text touch:py-2.5',
            each === days && 'bg-selected font-medium text-text',
          )}
        >
          {each} days
        </Link>
      ))}
    </nav>
  )
}
