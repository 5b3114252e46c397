'use client'

import { useEffect, useState } from 'react'
import { when } from '@/lib/core/format'

const shown = 3

/** The first dates of a repetition, in words. The library that knows is loaded when it is needed. */
export function NextDates({ rule, start }: { readonly rule: string; readonly start: string }) {
  const [dates, setDates] = useState<readonly string[]>()
  useEffect(() => {
    let isOver = false
    void import('./next-dates').then(({ nextDates }) => {
      if (!isOver) setDates(wallsOf(() => nextDates(rule, start, shown + 1)))
    })
    return () => {
      isOver = true
    }
  }, [rule, start])
  if (!dates) return null
  // A wall clock without a zone is read as if it were UTC's.
  const words = dates.slice(0, shown).map((wall) => when(new Date(`${wall}Z`), 'UTC', 'EEEE d MMMM yyyy'))
  return (
    <output className="text-meta text-text-2">
      {words.length === 0
        ? 'There is no such day. Choose other days, or a later end.'
        : `Goes out on ${words.join(', then ')}${dates.length > shown ? ', and so on' : ', and that is all'}, at ${start.slice(11)}.`}
    </output>
  )
}

function wallsOf(find: () => readonly string[]): readonly string[] {
  try {
    return find()
  } catch {
    // A field that is empty while somebody types in it makes no rule.
    return []
  }
}
