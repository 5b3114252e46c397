'use client'

import { Skeleton } from '@/components/ui/skeleton'
import type { CalendarView } from './period'

const columns = { month: 7, week: 7, day: 1, list: 1 } as const

/** The calendar while it is on its way, of the same geometry. */
export function CalendarSkeleton({ view }: { readonly view: CalendarView }) {
  const days = Array.from({ length: columns[view] }, (_, day) => day)
  return (
    <div aria-busy className="flex h-full min-h-96 flex-col overflow-hidden rounded-card border bg-surface">
      <output className="sr-only">Loading the calendar…</output>
      {view === 'list' ? (
        Array.from({ length: 8 }, (_, row) => (
          <div key={row} className="flex h-row items-center gap-3 border-b px-4">
            <div className="w-11">
              <Skeleton />
            </div>
            <div className="flex-1">
              <Skeleton className={row % 2 ? 'w-3/5' : 'w-2/5'} />
            </div>
          </div>
        ))
      ) : (
        <>
          <div className="flex h-8 shrink-0 border-b">
            {view !== 'month' && <div className="w-14 border-r" />}
            {days.map((day) => (
              <div key={day} className="flex flex-1 items-center justify-center border-r px-4 last:border-r-0">
                <Skeleton className="h-3 w-12" />
              </div>
            ))}
          </div>
          {Array.from({ length: view === 'month' ? 5 : 1 }, (_, row) => (
            <div key={row} className="flex min-h-0 flex-1 border-b last:border-b-0">
              {view !== 'month' && <div className="w-14 border-r" />}
              {days.map((day) => (
                <div key={day} className="flex flex-1 flex-col gap-1.5 border-r p-1.5 last:border-r-0">
                  {(day + row) % 3 === 0 && <Skeleton className={view === 'month' ? 'h-5' : 'mt-24 h-11'} />}
                </div>
              ))}
            </div>
          ))}
        </>
      )}
    </div>
  )
}
