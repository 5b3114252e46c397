'use client'

import { shiftWall, wallOf } from '@/lib/core/wall'
import { cn } from '@/components/ui/cn'
import type { CalendarCard } from '@/lib/posts/schema'
import { whomToAsk } from '@/lib/workspace/schema'
import FullCalendar, { type CalendarRef, type EventDisplayInfo, type EventInput } from '@fullcalendar/react'
import dayGridPlugin from '@fullcalendar/react/daygrid'
import interactionPlugin from '@fullcalendar/react/interaction'
import listPlugin from '@fullcalendar/react/list'
import timeGridPlugin from '@fullcalendar/react/timegrid'
import '@fullcalendar/react/skeleton.css'
import { TZDate } from '@date-fns/tz'
import { endOfDay } from 'date-fns/endOfDay'
import { format } from 'date-fns/format'
import { min } from 'date-fns/min'
import { useEffect, useRef, useState } from 'react'
import { postLooks } from '../post-looks'
import { CalendarEvent } from './calendar-event'
import { calendarTheme, eventTones, listTheme } from './calendar-theme'
import { usualTimeOn, type CalendarView, type Place } from './period'
import { keyOf, useArrows, useFocusLook, useRefusedDrags } from './calendar-pointing'
import { useSelection } from './selection'
import { useStill } from './use-still'

const views: Readonly<Record<CalendarView, string>> = {
  month: 'dayGridMonth',
  week: 'timeGridWeek',
  day: 'timeGridDay',
  list: 'listWeek',
}
const plugins = [dayGridPlugin, timeGridPlugin, listPlugin, interactionPlugin]

export type GridProps = {
  readonly view: CalendarView
  readonly day: string
  readonly place: Place
  readonly cards: readonly CalendarCard[]
  /** Fills its frame and scrolls inside; otherwise it is as tall as what it holds. */
  readonly fills: boolean
  readonly mayMove: boolean
  readonly onDrop: (card: CalendarCard, wallTime: string) => void
  readonly onDropDraft: (postId: string, wallTime: string) => void
  readonly onOpen: (card: CalendarCard, element: HTMLElement, event: { readonly shiftKey: boolean }) => void
  readonly onPointAt: (card: CalendarCard, element: HTMLElement) => void
  readonly onPointAway: () => void
  readonly onEmptyTime: (wallTime: string, at: { readonly x: number; readonly y: number }) => void
  readonly onDay: (day: string) => void
}

const shownMs = 3_600_000

/** A moment is drawn as an hour, but not into the next day, where it would be shown again. */
function endOf(shownAt: string, timeZone: string): Date {
  const start = new TZDate(new Date(shownAt), timeZone)
  return min([new Date(start.getTime() + shownMs), endOfDay(start)])
}

const toEvent = (card: CalendarCard, mayMove: boolean, timeZone: string): EventInput => ({
  id: keyOf(card),
  start: card.shownAt,
  end: endOf(card.shownAt, timeZone),
  title: card.excerpt,
  startEditable: mayMove && card.movable,
  extendedProps: { card },
})

/** Where to begin the day: at its first post, where that would not be seen from seven in the morning; `HH:mm`. */
function earliest(cards: readonly CalendarCard[], timeZone: string): string {
  const first = cards.map(({ shownAt }) => wallOf(shownAt, timeZone).slice(11)).toSorted()[0]
  return first !== undefined && (first < '07:30' || first > '14:00') ? `${first.slice(0, 2)}:00` : '07:00'
}

const hhmm = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const

/** FullCalendar, told by props alone what to show. A chunk of its own: load it lazily. */
export default function CalendarGrid(props: GridProps) {
  const { view, day, place, cards, fills, mayMove } = props
  const calendar = useRef<CalendarRef>(null)
  const frame = useRef<HTMLDivElement>(null)
  const byKey = new Map(cards.map((card) => [keyOf(card), card]))
  const selection = useSelection()
  useArrows(frame, cards, place.timeZone)
  useFocusLook(
    frame,
    (key, element) => {
      const card = byKey.get(key)
      if (card) props.onPointAt(card, element)
    },
    props.onPointAway,
  )
  useRefusedDrags(frame, (key) => {
    const card = byKey.get(key)
    if (!mayMove) return `Your role may not move posts. ${whomToAsk('post.schedule')}`
    return card?.movable === false ? (card.whyFixed ?? 'This post cannot move.') : undefined
  })

  useEffect(() => {
    const api = calendar.current?.getApi()
    if (!api) return
    // FullCalendar renders at once, which React does not allow while it is still busy with this effect.
    queueMicrotask(() => api.changeView(views[view], day))
  }, [view, day])

  const [scrollTime] = useState(() => earliest(cards, place.timeZone))
  const timeAt = (dateStr: string, allDay: boolean) =>
    allDay ? usualTimeOn(dateStr.slice(0, 10), place.timeZone) : dateStr.slice(0, 16)

  function look(info: EventDisplayInfo): string {
    const card = byKey.get(info.event.id)
    return cn(
      calendarTheme.blockEventClass,
      eventTones[card ? postLooks[card.state].tone : 'draft'],
      card && selection.has(card.id) && 'inset-ring-2 inset-ring-accent',
    )
  }

  function content({ event, view: { type }, isShort, isNarrow, isMirror }: EventDisplayInfo) {
    const card = byKey.get(event.id)
    if (!card) return <span className="truncate px-1 text-meta">{event.title}</span>
    // What is dragged says the time it would be dropped at.
    const time = (isMirror ? event.startStr : wallOf(card.shownAt, place.timeZone)).slice(11, 16)
    const inMonth = type === 'dayGridMonth'
    const form = type === 'listWeek' ? 'row' : inMonth && isNarrow ? 'marks' : inMonth || isShort ? 'line' : 'block'
    return <CalendarEvent card={card} time={time} form={form} />
  }

  const calendarOfNow = (
    <FullCalendar
      ref={calendar}
      {...calendarTheme}
      plugins={plugins}
      views={{
        list: listTheme,
        dayGridMonth: { dayMaxEvents: fills ? true : 3, fixedWeekCount: false },
        // A heading such as “Mon 16” would be a link that is called otherwise, which nobody can ask for by voice.
        timeGridWeek: { eventMaxStack: 2, navLinks: false },
      }}
      initialView={views[view]}
      initialDate={day}
      headerToolbar={false}
      timeZone={place.timeZone}
      firstDay={place.weekStartsOn}
      locale="en-GB"
      height={fills ? '100%' : 'auto'}
      expandRows
      allDaySlot={false}
      nowIndicator
      slotDuration="00:30"
      slotHeaderInterval="01:00"
      slotHeaderFormat={hhmm}
      slotMinHeight={28}
      snapDuration="00:15"
      scrollTime={scrollTime}
      scrollTimeReset={false}
      defaultTimedEventDuration="01:00"
      eventMinHeight={54}
      eventShortHeight={40}
      slotEventOverlap={false}
      eventDisplay="block"
      eventInteractive
      eventDurationEditable={false}
      editable={mayMove}
      droppable={mayMove}
      dragRevertDuration={120}
      longPressDelay={350}
      navLinks
      // Begins with what the heading shows, so that who speaks to it can say what they see.
      navLinkHint={(_, date) => format(new TZDate(date, place.timeZone), 'EEEE d MMMM yyyy')}
      navLinkDayClick={(date) => props.onDay(wallOf(date, place.timeZone).slice(0, 10))}
      noEventsText="Nothing in this week"
      events={cards.map((card) => toEvent(card, mayMove, place.timeZone))}
      eventContent={content}
      blockEventClass={look}
      eventDidMount={({ el, event }) => {
        el.dataset.post = byKey.get(event.id)?.id ?? ''
        el.dataset.event = event.id
      }}
      eventClick={({ event, el, jsEvent }) => {
        jsEvent.preventDefault()
        const card = byKey.get(event.id)
        if (card) props.onOpen(card, el.closest<HTMLElement>('[data-post]') ?? el, jsEvent)
      }}
      eventMouseEnter={({ event, el }) => {
        const card = byKey.get(event.id)
        if (card) props.onPointAt(card, el)
      }}
      eventMouseLeave={props.onPointAway}
      eventDragStart={props.onPointAway}
      eventDrop={({ event, delta, revert }) => {
        const card = byKey.get(event.id)
        revert()
        if (!card?.publishAt) return
        // The whole post moves, whichever of its times was pulled. By the distance on the wall, because FullCalendar itself would silently move a time that clocks skip.
        const wallTime = shiftWall(
          wallOf(card.publishAt, place.timeZone),
          delta.days * 24 * 60 + Math.round(delta.milliseconds / 60_000),
        )
        props.onDrop(card, wallTime)
      }}
      drop={({ draggedEl, dateStr, allDay }) => {
        const { draft } = draggedEl.dataset
        if (draft) props.onDropDraft(draft, timeAt(dateStr, allDay))
      }}
      // The event it would add by itself: ours comes with the cards.
      eventReceive={({ revert }) => revert()}
      dateClick={({ dateStr, allDay, jsEvent }) =>
        props.onEmptyTime(timeAt(dateStr, allDay), { x: jsEvent.clientX, y: jsEvent.clientY })
      }
    />
  )
  return (
    <div ref={frame} className={fills ? 'h-full min-h-0 max-md:h-[65dvh]' : undefined}>
      {useStill(frame, calendarOfNow)}
    </div>
  )
}
