import { cn } from '@/components/ui/cn'
import { paths, type ReportAsked } from '@/lib/core/paths'
import { Link } from '@/components/ui/link'
import { reportDays } from '@/lib/analytics/schema'

type Chosen = { readonly href: string; readonly label: string; readonly isHere: boolean }

const Links = ({ label, all }: { readonly label: string; readonly all: readonly Chosen[] }) => (
  <nav aria-label={label} className="flex w-fit max-w-full flex-wrap rounded-control border bg-surface p-0.5">
    {all.map(({ href, label: name, isHere }) => (
      <Link
        key={href}
        href={href}
        aria-current={isHere ? 'page' : undefined}
        className={cn(
          'rounded-control px-3 py-1 text-table text-text-2 hover:text-text touch:py-2.5',
          isHere && 'bg-selected font-medium text-text',
        )}
      >
        {name}
      </Link>
    ))}
  </nav>
)

type Props = { readonly workspace: string; readonly asked: ReportAsked }

/** Periods to choose from, as links: the address says which is shown. */
export const PeriodLinks = ({ workspace, asked }: Props) => (
  <Links
    label="Period"
    all={reportDays.map((each) => ({
      href: paths.analytics(workspace, { ...asked, days: each }),
      label: `${each} days`,
      isHere: each === asked.days,
    }))}
  />
)

type HoursProps = {
  readonly workspace: string
  readonly asked: ReportAsked
  readonly here: string | undefined
  readonly calendars: readonly { readonly id: string; readonly name: string }[]
  readonly mayManage: boolean
}

/** Business hours to count in: which of several, or where the first are set up. */
export function HoursLinks({ workspace, asked, here, calendars, mayManage }: HoursProps) {
  if (calendars.length === 0)
    return mayManage ? (
      <Link href={paths.inboxSettings(workspace, 'promises')} className="link w-fit text-table">
        Set up business hours
      </Link>
    ) : null
  if (calendars.length === 1) return null
  return (
    <Links
      label="Business hours"
      all={calendars.map(({ id, name }) => ({
        href: paths.analytics(workspace, { ...asked, hours: id }),
        label: name,
        isHere: id === here,
      }))}
    />
  )
}
