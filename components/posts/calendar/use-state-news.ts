'use client'

import type { PostState } from '@/lib/posts/schema'
import { useState } from 'react'
import { keyOf, type Shown } from './calendar-pointing'
import { postLooks } from '../post-looks'

const told: readonly PostState[] = ['sending', 'published', 'partly_published', 'refused', 'needs_person', 'unknown']

/** What became of the posts in sight since they were last asked for, in a sentence to be read aloud. */
export function useStateNews(cards: readonly Shown[]): string {
  const [seen, setSeen] = useState(cards)
  const [news, setNews] = useState('')
  if (seen !== cards) {
    const before = new Map(seen.map((card) => [keyOf(card), card.state]))
    const changed = cards.filter((card) => {
      const was = before.get(keyOf(card))
      return was !== undefined && was !== card.state && told.includes(card.state)
    })
    setSeen(cards)
    const [first] = changed
    if (first)
      setNews(
        changed.length === 1
          ? `${postLooks[first.state].label}: ${first.excerpt.slice(0, 60)}`
          : `${changed.length} posts changed`,
      )
  }
  return news
}
