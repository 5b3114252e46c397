'use client'

import { Said } from '@/components/ui/said'
import { ZonedTime } from '@/components/ui/time'
import type { NoteCard } from '@/lib/inbox/schema'
import { Lock } from 'lucide-react'
import { useInboxPlace } from './inbox-context'

/** Said among ourselves; it never leaves. */
export function NoteBubble({ note, author }: { readonly note: NoteCard; readonly author: string | undefined }) {
  const { timeZone } = useInboxPlace()
  return (
    <div className="ml-auto flex w-fit max-w-[min(68ch,85%)] flex-col gap-1">
      <p className="flex items-center justify-end gap-1.5 text-meta text-text-3">
        <Lock aria-hidden className="size-3" />
        <span className="font-medium text-text-2">{author ?? 'Somebody'}</span> noted,{' '}
        <ZonedTime at={note.createdAt} zone={timeZone} pattern="d MMM, HH:mm" zoneHidden />
      </p>
      <Said className="rounded-card bg-review-tint px-3 py-2 text-text">{note.text}</Said>
    </div>
  )
}
