'use client'

import { when } from '@/lib/core/format'
import { tzName } from '@date-fns/tz'
import { formatDistanceStrict } from 'date-fns/formatDistanceStrict'
import { useEffect, useState } from 'react'

type ZonedProps = {
  readonly at: Date | string
  /** IANA name, mostly the workspace's. */
  readonly zone: string
  /** A date-fns pattern. */
  readonly pattern?: string
  /** Leave the zone's name out only where it stands nearby. */
  readonly zoneHidden?: boolean
  readonly className?: string
}

/** A moment on the wall clock of a zone, with the zone's name: “24 Nov 2026, 10:42 GMT+1”. */
export function ZonedTime({ at, zone, pattern = 'd MMM yyyy, HH:mm', zoneHidden = false, className }: ZonedProps) {
  const moment = new Date(at)
  return (
    <time
      dateTime={moment.toISOString()}
      title={`${when(moment, zone, 'EEEE d MMMM yyyy, HH:mm:ss')} ${zone}`}
      className={className ?? 'tabular-nums'}
    >
      {when(moment, zone, pattern)}
      {!zoneHidden && <span className="text-text-3"> {tzName(zone, moment, 'short')}</span>}
    </time>
  )
}

/** How long ago or ahead: “5 minutes ago”, “in 3 hours”. It keeps up with the clock; the moment itself is on hover. */
export function RelativeTime({
  at,
  zone,
  className,
}: {
  readonly at: Date | string
  readonly zone: string
  readonly className?: string
}) {
  const moment = new Date(at)
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 30_000)
    return () => clearInterval(timer)
  }, [])
  const near = Math.abs(moment.getTime() - now.getTime()) < 45_000
  return (
    <time
      dateTime={moment.toISOString()}
      title={`${when(moment, zone)} ${zone}`}
      className={className ?? 'tabular-nums'}
      // The server's clock and the browser's are a moment apart.
      suppressHydrationWarning
    >
      {near ? 'just now' : formatDistanceStrict(moment, now, { addSuffix: true })}
    </time>
  )
}
