'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useState, useTransition } from 'react'
import { useLive } from './live'

type Props = {
  /** Events such as `post.moved`, or `post.*`. */
  readonly on: readonly string[]
  /** Only what happens to this thing; everything when left out. */
  readonly about?: string
}

/** A page that is made anew without a pause costs its server as much as everybody else's pages. */
const pauseMs = 1_000

/** Shows the page anew when something of it has happened: one refresh at a time with a pause between, however much happens. */
export function LiveRefresh({ on, about }: Props) {
  const router = useRouter()
  const [state, setState] = useState<'still' | 'resting' | 'wanted'>('still')
  const [refreshing, start] = useTransition()
  const refresh = useEffectEvent(() => {
    setState('resting')
    start(() => router.refresh())
  })
  useLive(on, (events, missed) => {
    if (!missed && about && !events.some(({ subject }) => subject.id === about)) return
    if (state === 'still') refresh()
    else setState('wanted')
  })
  useEffect(() => {
    if (state === 'still' || refreshing) return
    const timer = setTimeout(() => (state === 'wanted' ? refresh() : setState('still')), pauseMs)
    return () => clearTimeout(timer)
  }, [state, refreshing])
  return null
}
