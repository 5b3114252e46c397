'use client'

import { useCommand } from '@/components/shell/commands'
import { useShortcut } from '@/components/shell/shortcuts'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { ChevronLeft, ChevronRight, ListChecks, PanelRight } from 'lucide-react'
import { stepped, todayIn } from './period'
import type { CalendarAddress } from './use-calendar-address'

const group = 'Calendar'
const units = { month: 'month', week: 'week', day: 'day', list: 'week' } as const

type Props = {
  readonly address: CalendarAddress
  readonly title: string
  readonly timeZone: string
  readonly draftCount: number | undefined
  readonly isSelecting: boolean
  readonly onSelecting: (on: boolean) => void
}

/** Where in time the calendar is, and how it looks at it. Every button has its key. */
export function CalendarToolbar({ address, title, timeZone, draftCount, isSelecting, onSelecting }: Props) {
  const { view, day, isNarrow, draftsOpen, setView, setDay, setDraftsOpen } = address
  const unit = units[view]
  const go = (steps: number) => setDay(stepped(view, day, steps))

  useShortcut({ keys: 'left', label: 'Earlier', group }, () => go(-1))
  useShortcut({ keys: 'right', label: 'Later', group }, () => go(1))
  useCommand({ id: 'calendar-today', label: 'Go to today', group, shortcut: 't' }, () => setDay(null))
  useCommand({ id: 'calendar-month', label: 'Show a month', group, shortcut: 'm' }, () => setView('month'))
  useCommand({ id: 'calendar-week', label: 'Show a week', group, shortcut: 'w' }, () => setView('week'))
  useCommand({ id: 'calendar-day', label: 'Show a day', group, shortcut: 'd' }, () => setView('day'))
  useCommand({ id: 'calendar-list', label: 'Show a list', group, shortcut: 'l' }, () => setView('list'))
  useCommand({ id: 'calendar-drafts', label: 'Show or hide drafts', group }, () => setDraftsOpen(!draftsOpen))

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <div className="flex items-center gap-1 max-md:-ml-3">
        <IconButton label={`Previous ${unit}`} icon={<ChevronLeft />} shortcut="left" onClick={() => go(-1)} />
        <IconButton label={`Next ${unit}`} icon={<ChevronRight />} shortcut="right" onClick={() => go(1)} />
        <Button
          onClick={() => setDay(null)}
          shortcut="t"
          disabledReason={day === todayIn(timeZone) ? 'This is today.' : undefined}
          className="max-md:px-2"
        >
          Today
        </Button>
      </div>
      <div className="flex min-w-0 flex-1 items-baseline gap-x-3 max-md:flex-col max-md:leading-tight">
        <h2 aria-live="polite" className="max-w-full truncate text-lead tabular-nums max-md:text-body">
          {title}
        </h2>
        <span className="text-meta text-text-3">{timeZone.replaceAll('_', ' ')}</span>
      </div>
      <div className="flex items-center gap-2 max-md:w-full">
        <SegmentedControl
          label="View"
          value={view}
          onChange={setView}
          className="max-md:flex-1 max-md:[&>*]:flex-1"
          segments={[
            { value: 'month', label: 'Month' },
            ...(isNarrow ? [] : [{ value: 'week', label: 'Week' } as const]),
            { value: 'day', label: 'Day' },
            { value: 'list', label: 'List' },
          ]}
        />
        <IconButton
          label={isSelecting ? 'Stop selecting' : 'Select several'}
          icon={<ListChecks />}
          aria-pressed={isSelecting}
          className={isSelecting ? 'bg-selected text-text' : ''}
          onClick={() => onSelecting(!isSelecting)}
        />
        <Button
          icon={<PanelRight aria-hidden />}
          aria-expanded={draftsOpen}
          onClick={() => setDraftsOpen(!draftsOpen)}
          className={draftsOpen ? 'bg-selected' : ''}
        >
          <span className="max-md:sr-only">Drafts</span>
          {draftCount !== undefined && <span className="text-text-3 tabular-nums">{draftCount}</span>}
        </Button>
      </div>
    </div>
  )
}
