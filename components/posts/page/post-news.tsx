'use client'

import { LiveRegion } from '@/components/ui/live-region'
import type { PostCard } from '@/lib/posts/schema'
import { useStateNews } from '../calendar/use-state-news'

/** Reads aloud what became of posts while their page is open. */
export function PostNews({ cards }: { readonly cards: readonly PostCard[] }) {
  return <LiveRegion message={useStateNews(cards)} />
}
