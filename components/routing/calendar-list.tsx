'use client'

import { CalendarClock } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Cell, Column, Row, Table, TableBody, TableHead } from '@/components/ui/table'
import { deleteCalendarAction } from '@/lib/routing/actions'
import type { CalendarCard } from '@/lib/routing/schema'
import { CalendarDialog, weekDays } from './calendar-dialog'
import { DeleteButton } from './row-buttons'

type Props = {
  readonly slug: string
  readonly timeZone: string
  readonly calendars: readonly CalendarCard[]
  readonly mayManage: boolean
}

/** “Monday 09:00–12:00, 13:30–17:30”, a day at a time. */
const dayWords = ({ week }: CalendarCard): readonly string[] =>
  weekDays.flatMap(({ value, label }) => {
    const hours = week.filter(({ day }) => `${day}` === value).toSorted((a, b) => (a.from < b.from ? -1 : 1))
    return hours.length > 0 ? [`${label} ${hours.map(({ from, to }) => `${from}–${to}`).join(', ')}`] : []
  })

export function CalendarList({ slug, timeZone, calendars, mayManage }: Props) {
  if (calendars.length === 0)
    return (
      <EmptyState
        icon={<CalendarClock />}
        title="No business hours yet"
        description="Without them promises count around the clock, also at night and on holidays."
        action={mayManage && <NewCalendar slug={slug} timeZone={timeZone} />}
      />
    )
  return (
    <Table label="List of business hours">
      <TableHead>
        <Column>Hours</Column>
        <Column>
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {calendars.map((calendar) => (
          <Row key={calendar.id}>
            <Cell>
              <span className="font-medium">{calendar.name}</span>
              <span className="block text-pretty text-text-2">
                {dayWords(calendar).join(' · ')} · {calendar.timeZone}
                {calendar.holidays.length > 0 &&
                  ` · ${calendar.holidays.length} ${calendar.holidays.length === 1 ? 'holiday' : 'holidays'}`}
              </span>
            </Cell>
            <Cell className="text-right align-top whitespace-nowrap">
              {mayManage && (
                <>
                  <CalendarDialog
                    slug={slug}
                    timeZone={timeZone}
                    calendar={calendar}
                    trigger={
                      <Button size="small" variant="ghost" aria-label={`Change ${calendar.name}`}>
                        Change
                      </Button>
                    }
                  />
                  <DeleteButton
                    name={calendar.name}
                    what="calendar"
                    lost="No promise and no rule may name it."
                    run={() => deleteCalendarAction(slug, { id: calendar.id })}
                  />
                </>
              )}
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

export const NewCalendar = ({ slug, timeZone }: Pick<Props, 'slug' | 'timeZone'>) => (
  <CalendarDialog slug={slug} timeZone={timeZone} trigger={<Button>New business hours</Button>} />
)
