'use client'

import { ChartBarBig, Link2, ListPlus, MessageSquare, Scissors, Tag } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'
import { toast } from '@/components/ui/toast'
import type { MediaCard } from '@/lib/media/schema'
import { measure } from '@/lib/platforms/text'
import { useDesk, type Desk } from './composer-context'
import { everyone, wordsIn, type Scope } from './draft'
import { FileButton } from './file-button'
import { MediaLibrary } from './media-library'
import { pollLimitsOf } from './poll-editor'
import { split, strictest } from './splitting'

/** What a post may have besides words and media; shown once it is asked for. */
export type Extra = 'link' | 'poll' | 'comment' | 'tags'

const extras: readonly { readonly extra: Extra; readonly label: string; readonly icon: ReactNode }[] = [
  { extra: 'link', label: 'Link', icon: <Link2 aria-hidden /> },
  { extra: 'poll', label: 'Poll', icon: <ChartBarBig aria-hidden /> },
  { extra: 'comment', label: 'First comment', icon: <MessageSquare aria-hidden /> },
  { extra: 'tags', label: 'UTM tags', icon: <Tag aria-hidden /> },
]

/** True where a first comment can go out with the post: at one of the accounts that are written for, or while there are none. */
export const mayComment = (chosen: Desk['chosen'], scope: Scope): boolean =>
  chosen.length === 0 || chosen.some(({ id, firstComment }) => firstComment && (scope === everyone || id === scope))

type Props = {
  readonly isOpen: (extra: Extra) => boolean
  readonly onOpen: (extra: Extra) => void
  readonly onFiles: (files: readonly File[]) => void
  readonly onLibrary: (cards: readonly MediaCard[]) => void
  readonly onAddPart: () => void
}

/** What can be added. */
export function WritingTools({ isOpen, onOpen, onFiles, onLibrary, onAddPart }: Props) {
  const desk = useDesk()
  const { draft, scope, chosen, edit } = desk
  const mayAsk = pollLimitsOf(desk, draft).length > 0
  const mayTell = mayComment(chosen, scope)
  const words = wordsIn(draft, scope)
  const rule = strictest(scope === everyone ? chosen : chosen.filter(({ id }) => id === scope))
  const isLong = rule !== undefined && !measure(words.text, rule).fits

  function splitHere() {
    const done = split(draft, scope, chosen)
    if (done.ok) edit(() => done.value)
    else toast.failed(done.error)
  }

  return (
    <div role="toolbar" aria-label="Add to the post" className="flex flex-wrap items-center gap-1 border-t p-1.5">
      <FileButton label="Add media" onFiles={onFiles} />
      <MediaLibrary workspace={desk.workspace} taken={words.mediaIds} onChoose={onLibrary} />
      {extras
        .filter(({ extra }) => !isOpen(extra) && (extra !== 'poll' || mayAsk) && (extra !== 'comment' || mayTell))
        .map(({ extra, label, icon }) => (
          <Button key={extra} data-tool={extra} size="small" variant="ghost" icon={icon} onClick={() => onOpen(extra)}>
            {label}
          </Button>
        ))}
      <Button size="small" variant="ghost" icon={<ListPlus aria-hidden />} onClick={onAddPart}>
        Add to thread
      </Button>
      {isLong && (
        <Button size="small" icon={<Scissors aria-hidden />} onClick={splitHere}>
          Split into a thread
        </Button>
      )}
    </div>
  )
}
