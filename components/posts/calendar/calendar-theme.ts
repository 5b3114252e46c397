import type { Tone } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import type { CalendarOptions } from '@fullcalendar/react'

/** An event's surface says its state; the icon and the word in it say the same. */
export const eventTones: Readonly<Record<Tone, string>> = {
  plain: 'bg-draft-tint text-draft inset-ring-draft/25',
  draft: 'bg-draft-tint text-draft inset-ring-draft/25',
  review: 'bg-review-tint text-review inset-ring-review/25',
  scheduled: 'bg-scheduled-tint text-scheduled inset-ring-scheduled/25',
  published: 'bg-published-tint text-published inset-ring-published/25',
  failed: 'bg-failed-tint text-failed inset-ring-failed/25',
}

const day: NonNullable<CalendarOptions['dayCellClass']> = (info) =>
  cn('border border-line', info.isToday && 'bg-selected/50', info.isOther && 'bg-sunken/60')

/** FullCalendar without one of its themes: its skeleton, and our tokens. */
export const calendarTheme = {
  className: 'text-table text-text',
  viewClass: 'overflow-hidden rounded-card border border-line bg-surface',
  tableHeaderClass: 'bg-surface',
  dayHeaderRowClass: 'border border-line',
  dayRowClass: 'border border-line',
  slotHeaderRowClass: 'border border-line',
  dayHeaderDividerClass: 'border-b border-line',
  fillerClass: 'border border-line',
  dayHeaderAlign: (info) => (info.inPopover ? 'start' : 'center'),
  dayHeaderClass: (info) => cn('justify-center', info.inPopover ? 'border-b border-line' : 'border border-line'),
  dayHeaderInnerClass: (info) =>
    cn('px-2 py-1.5 text-meta font-medium', info.isToday ? 'text-accent-text' : 'text-text-2'),
  dayCellClass: day,
  dayCellTopClass: 'flex justify-end',
  dayCellTopInnerClass: (info) =>
    cn(
      'm-1 grid h-5 min-w-5 place-items-center rounded-full px-1 text-meta tabular-nums',
      info.isOther ? 'text-text-3' : 'text-text-2',
      info.isToday && 'bg-accent font-semibold text-on-accent',
    ),
  dayCellInnerClass: (info) => cn(info.inPopover && 'flex flex-col gap-1 p-2'),
  dayLaneClass: (info) => cn('border border-line', info.isToday && 'bg-selected/50'),
  dayLaneInnerClass: 'mx-0.5',
  slotLaneClass: (info) => cn('border border-line', info.isMinor && 'border-dotted'),
  slotHeaderClass: 'border border-transparent justify-end',
  slotHeaderInnerClass: 'px-2 text-meta tabular-nums text-text-3',
  highlightClass: 'bg-selected',
  navLinkClass: 'hover:underline',
  nowIndicatorLineClass: 'border-t-2 border-danger',
  nowIndicatorDotClass: 'size-2 -mt-1 -ms-1 rounded-full bg-danger',
  eventClass: 'group/event cursor-pointer outline-none',
  blockEventClass:
    'rounded-control inset-ring focus-visible:outline-2 focus-visible:-outline-offset-1 focus-visible:outline-focus',
  blockEventInnerClass: (info) => cn('min-w-0 overflow-hidden', info.isNarrow ? 'px-0.5' : 'px-1.5'),
  rowEventClass: (info) => cn('mb-0.5', info.isNarrow ? 'mx-px' : 'mx-1'),
  rowEventInnerClass: 'flex h-5.5 items-center touch:h-7',
  columnEventClass: 'mb-px',
  columnEventInnerClass: 'h-full py-1',
  rowMoreLinkClass: 'mx-1 rounded-control px-1.5 hover:bg-hover cursor-pointer',
  rowMoreLinkInnerClass: 'text-meta font-medium text-text-2',
  columnMoreLinkClass: 'rounded-control bg-surface ring ring-line hover:bg-hover cursor-pointer',
  columnMoreLinkInnerClass: 'p-1 text-meta font-medium text-text-2',
  popoverClass: 'z-(--z-popover) w-72 max-w-[90vw] overflow-hidden rounded-card bg-surface shadow-float',
  popoverCloseClass: 'absolute top-1 right-1 grid size-6 place-items-center rounded-control hover:bg-hover',
  listDayHeaderClass: 'flex items-center justify-between border-b border-line bg-sunken px-4 py-1.5',
  listDayHeaderInnerClass: 'text-table font-semibold',
} satisfies CalendarOptions

/** In a list an event is a row across the page. */
export const listTheme = {
  listItemEventClass:
    'flex min-h-row items-center border-b border-line px-4 hover:bg-hover focus-visible:outline-2 focus-visible:-outline-offset-2 focus-visible:outline-focus',
  listItemEventInnerClass: 'flex min-w-0 flex-1',
  listItemEventBeforeClass: 'hidden',
} satisfies CalendarOptions
