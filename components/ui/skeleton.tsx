'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { cn } from './cn'

/** One grey shape. Give it the final thing's size. It shows itself only after 200 ms. */
export function Skeleton({ className }: { readonly className?: string }) {
  return (
    <span aria-hidden className="block animate-late">
      <span className={cn('block h-4 w-full animate-pulse rounded-control bg-hover', className)} />
    </span>
  )
}

/** Rows of a table that is on its way. */
export function SkeletonRows({ rows = 6, label = 'Loading…' }: { readonly rows?: number; readonly label?: string }) {
  return (
    <div aria-busy className="flex flex-col">
      <output className="sr-only">{label}</output>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-row items-center gap-3 border-b px-2 last:border-b-0">
          <Skeleton className="size-6 rounded-full" />
          <div className="flex-1">
            <Skeleton className={row % 3 === 0 ? 'w-3/5' : row % 3 === 1 ? 'w-2/5' : 'w-1/2'} />
          </div>
          <div className="w-20">
            <Skeleton />
          </div>
        </div>
      ))}
    </div>
  )
}

type PendingProps = { readonly pending: boolean; readonly skeleton: ReactNode; readonly children: ReactNode }

/** Shows `skeleton` while `pending`, but not for waits under 200 ms, and never for less than 400 ms: no flicker. */
export function Pending({ pending, skeleton, children }: PendingProps) {
  const [shownAt, setShownAt] = useState<number | null>(null)
  useEffect(() => {
    if (pending === (shownAt !== null)) return
    const wait = shownAt === null ? 200 : Math.max(0, shownAt + 400 - Date.now())
    const timer = setTimeout(() => setShownAt(pending ? Date.now() : null), wait)
    return () => clearTimeout(timer)
  }, [pending, shownAt])
  if (shownAt !== null) return skeleton
  return pending ? null : children
}
