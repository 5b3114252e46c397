'use client'

import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { paths } from '@/lib/core/paths'
import { mayNotChangeScheduled, type PostCard } from '@/lib/posts/schema'
import { CalendarArrowUp, CalendarX, Copy, ExternalLink, ListChecks, PencilLine, Send, Trash2 } from 'lucide-react'
import type { Rights } from './rights'

type Props = {
  readonly card: PostCard
  readonly element: HTMLElement
  readonly workspace: string
  readonly rights: Rights
  readonly onClose: () => void
  readonly onMove: () => void
  readonly onPublish: () => void
  readonly onUnschedule: () => void
  readonly onDuplicate: () => void
  readonly onSelect: () => void
  readonly onDelete: () => void
}

const editable: readonly PostCard['state'][] = ['draft', 'in_review', 'approved', 'scheduled']

/** Everything that can be done with one post, beside it. */
export function PostMenu({ card, element, workspace, rights, onClose, ...does }: Props) {
  const { x, y, width, height } = element.getBoundingClientRect()
  const noWrite = rights.write ? undefined : 'Your role may not write posts.'
  const noMove = rights.move ? card.whyFixed : 'Your role may not move posts.'
  const noPublish = rights.publish ? card.whyFixed : 'Your role may not publish.'
  return (
    <DropdownMenu
      open
      onOpenChange={(open) => !open && onClose()}
      align="start"
      className="w-60"
      trigger={
        // The calendar draws its events itself, so the menu hangs on a shape laid over the one it is about.
        <button
          type="button"
          tabIndex={-1}
          aria-label="Menu of this post"
          style={{ left: x, top: y, width: Math.min(width, 240), height }}
          onFocus={() => element.focus()}
          className="pointer-events-none fixed opacity-0"
        />
      }
    >
      <MenuItem href={paths.post(workspace, card.id)} icon={<ExternalLink aria-hidden />}>
        Open post
      </MenuItem>
      {editable.includes(card.state) && (
        <MenuItem
          href={paths.compose(workspace, { post: card.id })}
          icon={<PencilLine aria-hidden />}
          disabledReason={noWrite ?? (card.state === 'scheduled' && !rights.move ? mayNotChangeScheduled : undefined)}
        >
          Edit
        </MenuItem>
      )}
      <MenuItem onSelect={does.onMove} icon={<CalendarArrowUp aria-hidden />} disabledReason={noMove}>
        {card.publishAt ? 'Move to…' : 'Schedule for…'}
      </MenuItem>
      <MenuItem onSelect={does.onPublish} icon={<Send aria-hidden />} disabledReason={noPublish}>
        Publish now…
      </MenuItem>
      {card.publishAt && (
        <MenuItem onSelect={does.onUnschedule} icon={<CalendarX aria-hidden />} disabledReason={noMove}>
          Back to drafts
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem onSelect={does.onDuplicate} icon={<Copy aria-hidden />} disabledReason={noWrite}>
        Duplicate
      </MenuItem>
      {card.publishAt && (
        <MenuItem onSelect={does.onSelect} icon={<ListChecks aria-hidden />}>
          Select
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem
        danger
        onSelect={does.onDelete}
        icon={<Trash2 aria-hidden />}
        disabledReason={rights.delete ? undefined : 'Only owners and admins may delete posts.'}
      >
        Delete…
      </MenuItem>
    </DropdownMenu>
  )
}
