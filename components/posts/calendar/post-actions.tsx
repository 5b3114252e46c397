'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { toast } from '@/components/ui/toast'
import { paths } from '@/lib/core/paths'
import type { Result } from '@/lib/core/result'
import { deletePostAction, duplicatePostAction, publishNowAction } from '@/lib/posts/actions'
import type { PostCard } from '@/lib/posts/schema'
import { useRouter } from 'next/navigation'
import { useEffect, type Dispatch, type SetStateAction } from 'react'
import { backToDrafts } from '../back-to-drafts'
import type { Shown } from './calendar-pointing'
import { MoveDialog } from './move-dialog'
import { PostMenu } from './post-menu'
import type { Rights } from './rights'
import { answerOf } from '@/components/workspace/answer-of'

/** What is open about a post: its menu beside it, or a question from that menu. */
export type Opened = { readonly card: Shown } & (
  | { readonly ask: 'menu'; readonly element: HTMLElement }
  | { readonly ask: 'move'; readonly wallTime?: string }
  | { readonly ask: 'publish' | 'delete' }
)

type Props = {
  readonly opened: Opened
  readonly workspace: string
  readonly timeZone: string
  readonly rights: Rights
  readonly refresh: () => Promise<void>
  readonly onAsk: Dispatch<SetStateAction<Opened | undefined>>
  readonly onMove: (card: PostCard, wallTime: string) => Promise<Result<unknown>>
  readonly onSelect: (id: string) => void
}

/** What was open has no trigger that the focus could go back to, and the post may have been drawn anew meanwhile. */
function giveFocusBack(id: string): void {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    document.querySelector<HTMLElement>(`[data-post="${CSS.escape(id)}"], [data-draft="${CSS.escape(id)}"]`)?.focus()
  })
}

/** The menu of a post on the calendar, and what its lines do. */
export function PostActions({ opened, workspace, timeZone, rights, refresh, onAsk, onMove, onSelect }: Props) {
  const router = useRouter()
  const { card } = opened
  useEffect(() => () => giveFocusBack(card.id), [card.id])
  // A menu closes after the line that was chosen in it has asked something else.
  const close = () => onAsk((now) => (now === opened ? undefined : now))

  const failed = (message: string) =>
    void toast.failed(message, { label: 'Open post', run: () => router.push(paths.post(workspace, card.id)) })

  async function carryOut<T>(work: Promise<Result<T>>, done: (value: T) => void): Promise<void> {
    const result = await answerOf(work)
    void refresh()
    if (result.ok) done(result.value)
    else failed(result.error.message)
  }

  if (opened.ask === 'menu')
    return (
      <PostMenu
        card={card}
        element={opened.element}
        workspace={workspace}
        rights={rights}
        onClose={close}
        onMove={() => onAsk({ card, ask: 'move' })}
        onPublish={() => onAsk({ card, ask: 'publish' })}
        onDelete={() => onAsk({ card, ask: 'delete' })}
        onUnschedule={() => void backToDrafts({ workspace, timeZone, postId: card.id, refresh, onFailure: failed })}
        onDuplicate={() =>
          void carryOut(duplicatePostAction(workspace, { postId: card.id }), () =>
            toast.done('A copy is among the drafts'),
          )
        }
        onSelect={() => onSelect(card.id)}
      />
    )
  if (opened.ask === 'move')
    return <MoveDialog card={card} wallTime={opened.wallTime} timeZone={timeZone} onMove={onMove} onClose={close} />
  if (opened.ask === 'publish')
    return (
      <AlertDialog
        open
        onOpenChange={close}
        title="Publish this post now?"
        description="It goes out within seconds, to all of its accounts."
        confirm="Publish now"
        onConfirm={() => carryOut(publishNowAction(workspace, { postId: card.id }), () => toast.done('Sending…'))}
      />
    )
  return (
    <AlertDialog
      open
      onOpenChange={close}
      title="Delete this post?"
      description="It will not be sent, and its text is gone. What is published stays at the networks."
      confirm="Delete"
      onConfirm={() => carryOut(deletePostAction(workspace, { postId: card.id }), () => toast.done('Post deleted'))}
    />
  )
}
