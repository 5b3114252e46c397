'use client'

import { ChevronDown, ChevronUp, GripVertical, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { IconButton } from '@/components/ui/icon-button'
import { Textarea } from '@/components/ui/textarea'
import { measure, networkLabels } from '@/lib/platforms/text'
import { tagLinks, type PostContent } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { everyone } from './draft'
import { FileButton } from './file-button'
import { MediaSpot } from './media-spot'
import { strictest } from './splitting'

type Props = {
  readonly part: PostContent['thread'][number]
  readonly index: number
  readonly count: number
  readonly isDragged: boolean
  readonly onDrag: (index: number | undefined) => void
  readonly onDrop: () => void
  readonly onMove: (to: number) => void
  readonly onFiles: (files: readonly File[]) => void
  readonly onChange: (text: string) => void
  readonly onRemove: () => void
}

/** One more post of the thread. It moves by its handle: dragged, or with ↑ and ↓. */
export function ThreadPart({
  part,
  index,
  count,
  isDragged,
  onDrag,
  onDrop,
  onMove,
  onFiles,
  onChange,
  onRemove,
}: Props) {
  const { scope } = useDesk()
  const number = index + 2
  const box = useRef<HTMLTextAreaElement>(null)
  const isEmpty = part.text === ''
  useEffect(() => {
    if (isEmpty) box.current?.focus()
    // Only when it is added.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- where things are dropped; the handle takes keys
    <li
      className={cn('flex gap-1 border-t py-2 pr-3 pl-1 transition-opacity', isDragged && 'opacity-50')}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        // Files are taken by the area around.
        if (event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        onDrop()
      }}
    >
      <button
        type="button"
        draggable
        aria-label={`Post ${number} of the thread: drag, or move it with the arrow keys`}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move'
          event.dataTransfer.setData('text/plain', '')
          onDrag(index)
        }}
        onDragEnd={() => onDrag(undefined)}
        onKeyDown={(event) => {
          const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
          if (!by) return
          event.preventDefault()
          onMove(index + by)
          const handles = event.currentTarget.closest('ol')?.querySelectorAll<HTMLElement>('button[draggable]')
          handles?.[index + by]?.focus()
        }}
        className="ring-inside mt-1 grid h-8 w-6 shrink-0 cursor-grab place-items-center rounded-control text-text-3 hover:bg-hover hover:text-text touch:h-11 touch:w-11"
      >
        <GripVertical aria-hidden className="size-4" />
      </button>
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <Textarea
          ref={box}
          aria-label={`Post ${number} of the thread`}
          placeholder="And then…"
          rows={2}
          value={part.text}
          onChange={(event) => onChange(event.target.value)}
          onPaste={(event) => {
            const files = [...event.clipboardData.files]
            if (files.length === 0) return
            event.preventDefault()
            onFiles(files)
          }}
          className="ring-inside min-h-14 resize-none border-0 bg-transparent px-1 text-lead hover:border-0"
        />
        <MediaSpot place={{ scope, part: index }} label={`Media of post ${number}`} />
        <div className="flex flex-wrap items-center gap-1">
          <FileButton small label={`Add media to post ${number}`} onFiles={onFiles} />
          <PartCount text={part.text} />
          <IconButton
            size="small"
            label={`Move post ${number} up`}
            icon={<ChevronUp />}
            disabledReason={index === 0 ? 'It follows the first post already.' : undefined}
            onClick={() => onMove(index - 1)}
          />
          <IconButton
            size="small"
            label={`Move post ${number} down`}
            icon={<ChevronDown />}
            disabledReason={index === count - 1 ? 'It is the last already.' : undefined}
            onClick={() => onMove(index + 1)}
          />
          <IconButton size="small" label={`Remove post ${number}`} icon={<X />} onClick={onRemove} />
        </div>
      </div>
    </li>
  )
}

/** Counted by the strictest of the networks that have threads. */
function PartCount({ text }: { readonly text: string }) {
  const { chosen, draft, scope } = useDesk()
  const rule = strictest(scope === everyone ? chosen : chosen.filter(({ id }) => id === scope))
  if (!rule) return <span className="flex-1" />
  const { length, max, fits } = measure(tagLinks(text, draft.content.utm), rule)
  return (
    <span
      title={`As ${networkLabels[rule.network]} counts`}
      className={cn('flex-1 text-right text-meta text-text-3 tabular-nums', !fits && 'font-semibold text-danger-text')}
    >
      {length.toLocaleString('en-GB')} / {max.toLocaleString('en-GB')}
      <span className="sr-only"> characters on {networkLabels[rule.network]}</span>
    </span>
  )
}
