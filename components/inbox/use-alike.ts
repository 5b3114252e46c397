'use client'

import { readAbout } from '@/components/shell/queries'
import { paths } from '@/lib/core/paths'
import type { AlikeDesk } from '@/lib/inbox/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

const pauseMs = 300

/** Where one answer to many would go, and how it would read there: asked anew when whoever writes it pauses. */
export function useAlike(workspace: string, conversationId: string, text: string) {
  const [asked, setAsked] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), pauseMs)
    return () => clearTimeout(timer)
  }, [text])
  const words = asked.trim()
  return useQuery({
    queryKey: ['inbox', workspace, 'alike', conversationId, words],
    queryFn: ({ signal }) =>
      readAbout<AlikeDesk>(paths.inboxAlike(workspace), { conversationId, ...(words ? { text: words } : {}) }, signal),
    placeholderData: keepPreviousData,
    // What others do meanwhile changes it.
    staleTime: 0,
    gcTime: 0,
  })
}
