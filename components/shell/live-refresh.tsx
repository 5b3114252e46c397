'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef, useTransition } from 'react'
import { useLive } from './live'

type Props = {
  /** Events such as `post.moved`, or `post.*`. */
  readonly on: readonly string[]
  /** Only what happens to this thing; everything when left out. */
  readonly about?: string
}

/** Shows the page anew when something of it has happened: one refresh at a time, however much happens meanwhile. */
export function LiveRefresh({ on, about }: Props) {
  const router = useRouter()
  const again = useRef(false)
  const [refreshing, start] = useTransition()
  const refresh = useEffectEvent(() => start(() => router.refresh()))
  useLive(on, (events, missed) => {
    if (!missed && about && !events.some(({ subject }) => subject.id === about)) return
    if (refreshing) again.current = true
    else start(() => router.refresh())
  })
  useEffect(() => {
    if (refreshing || !again.current) return
    again.current = false
    refresh()
  }, [refreshing])
  return null
}
