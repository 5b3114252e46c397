'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button, LinkButton } from '@/components/ui/button'
import { DropdownMenu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { useCommand } from '@/components/shell/commands'
import { toast } from '@/components/ui/toast'
import { useAct } from '@/components/workspace/use-act'
import { paths } from '@/lib/core/paths'
import { duplicatePostAction, endSeriesAction, publishNowAction } from '@/lib/posts/actions'
import { mayNotChangeScheduled, type PostCard } from '@/lib/posts/schema'
import { CalendarArrowUp, CalendarX, Copy, Ellipsis, PencilLine, RefreshCwOff, Send, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { backToDrafts } from '../back-to-drafts'
import type { Rights } from '../calendar/rights'
import { DeleteDialog, type PublishedAt } from './delete-dialog'
import { MovePost } from './move-post'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly card: PostCard
  readonly rights: Rights
  /** Networks that have it: deleting may take it away there too. */
  readonly publishedAt: readonly PublishedAt[]
}

const editable: readonly PostCard['state'][] = ['draft', 'in_review', 'approved', 'scheduled']

/** What can be done with the post as a whole. */
export function PostPageActions({ workspace, timeZone, card, rights, publishedAt }: Props) {
  const [asking, setAsking] = useState<'publish' | 'move' | 'delete' | 'end'>()
  const act = useAct()
  const router = useRouter()
  const close = () => setAsking(undefined)
  const noMove = rights.move ? card.whyFixed : 'Your role may not move posts.'
  const noPublish = rights.publish ? card.whyFixed : 'Your role may not publish.'
  const noWrite = rights.write ? undefined : 'Your role may not write posts.'
  const noEdit = noWrite ?? (card.state === 'scheduled' && !rights.move ? mayNotChangeScheduled : undefined)
  const isEditable = editable.includes(card.state)

  async function duplicate() {
    const made = await act(duplicatePostAction(workspace, { postId: card.id }), 'A copy is among the drafts')
    if (made.ok) router.push(paths.post(workspace, made.value.postId))
  }

  const group = 'This post'
  useCommand({ id: 'post-publish', label: 'Publish now…', group }, () => setAsking('publish'), Boolean(noPublish))
  useCommand({ id: 'post-move', label: 'Move to…', group }, () => setAsking('move'), Boolean(noMove))
  useCommand({ id: 'post-duplicate', label: 'Duplicate', group }, duplicate, Boolean(noWrite))

  return (
    <>
      {isEditable &&
        (noEdit ? (
          <Button icon={<PencilLine aria-hidden />} disabledReason={noEdit}>
            Edit
          </Button>
        ) : (
          <LinkButton href={paths.compose(workspace, { post: card.id })} icon={<PencilLine aria-hidden />}>
            Edit
          </LinkButton>
        ))}
      {card.movable && (
        <Button
          variant="primary"
          icon={<Send aria-hidden />}
          disabledReason={noPublish}
          onClick={() => setAsking('publish')}
        >
          Publish now…
        </Button>
      )}
      <DropdownMenu
        className="w-60"
        trigger={<IconButton label="More actions" variant="secondary" icon={<Ellipsis />} />}
      >
        <MenuItem onSelect={() => setAsking('move')} icon={<CalendarArrowUp aria-hidden />} disabledReason={noMove}>
          {card.publishAt ? 'Move to…' : 'Schedule for…'}
        </MenuItem>
        {card.publishAt && (
          <MenuItem
            onSelect={() =>
              void backToDrafts({
                workspace,
                timeZone,
                postId: card.id,
                refresh: router.refresh,
                onFailure: (message) => void toast.failed(message),
              })
            }
            icon={<CalendarX aria-hidden />}
            disabledReason={noMove}
          >
            Cancel: back to drafts
          </MenuItem>
        )}
        {card.series && (
          <MenuItem
            onSelect={() => setAsking('end')}
            icon={<RefreshCwOff aria-hidden />}
            disabledReason={rights.move ? undefined : 'Your role may not end a series.'}
          >
            End the series…
          </MenuItem>
        )}
        <MenuItem onSelect={() => void duplicate()} icon={<Copy aria-hidden />} disabledReason={noWrite}>
          Duplicate
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          danger
          onSelect={() => setAsking('delete')}
          icon={<Trash2 aria-hidden />}
          disabledReason={rights.delete ? undefined : 'Only owners and admins may delete posts.'}
        >
          Delete…
        </MenuItem>
      </DropdownMenu>
      <AlertDialog
        open={asking === 'publish'}
        onOpenChange={close}
        title="Publish this post now?"
        description="It goes out within seconds, to all of its accounts."
        confirm="Publish now"
        onConfirm={async () => {
          await act(publishNowAction(workspace, { postId: card.id }), 'Sending…')
        }}
      />
      <AlertDialog
        open={asking === 'end'}
        onOpenChange={close}
        title="End this series?"
        description={`No more posts are made from it, and its posts ${card.publishAt ? 'after this one' : 'to come'} that were not sent yet are deleted. This one stays, and so does what went out or may have.`}
        confirm="End the series"
        onConfirm={async () => {
          await act(endSeriesAction(workspace, { postId: card.id }), 'The series has ended')
        }}
      />
      {asking === 'move' && <MovePost workspace={workspace} timeZone={timeZone} card={card} onClose={close} />}
      {asking === 'delete' && (
        <DeleteDialog
          workspace={workspace}
          postId={card.id}
          publishedAt={publishedAt}
          onClose={close}
          onDeleted={() => {
            toast.done('Post deleted')
            router.push(paths.posts(workspace))
          }}
        />
      )}
    </>
  )
}
