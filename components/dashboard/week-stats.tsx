import { Stat } from '@/components/ui/stat'
import { ZonedTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import type { PostState, QuickStats } from '@/lib/posts/schema'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly period: string
  readonly stats: QuickStats
}

const shown: readonly { readonly label: string; readonly states: readonly PostState[] }[] = [
  { label: 'Published', states: ['published'] },
  { label: 'Scheduled', states: ['scheduled', 'sending'] },
  { label: 'Posts that need you', states: ['needs_person', 'unknown'] },
  { label: 'Failed', states: ['refused', 'partly_published'] },
]

/** The posts of a week by how they stand. */
export function WeekStats({ workspace, timeZone, period, stats }: Props) {
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4 sm:divide-x sm:[&>*]:pl-6 sm:[&>*:first-child]:pl-0">
      {shown.map(({ label, states }) => (
        <Stat
          key={label}
          label={label}
          value={states.reduce((sum, state) => sum + (stats.byState[state] ?? 0), 0).toLocaleString('en-GB')}
          period={period}
          asOf={
            <>
              as of <ZonedTime at={stats.asOf} zone={timeZone} pattern="HH:mm" zoneHidden />
            </>
          }
          href={`${paths.calendar(workspace)}?view=week&state=${states.join(',')}`}
        />
      ))}
    </div>
  )
}
