'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { deleteMessageAction, hideMessageAction } from '@/lib/inbox/actions'
import type { Hiding } from '@/lib/inbox/schema'
import { Ellipsis, Eye, EyeOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = { readonly messageId: string; readonly hiding: Hiding; readonly className?: string }

/** What can be done to a message at its network. Both ask first: its author is not told, and deleting is for good. */
export function HideMessage({ messageId, hiding: { hidden, isPending, effect, lacking, deleting }, className }: Props) {
  const { workspace, rights } = useInboxPlace()
  const [asking, setAsking] = useState<'hide' | 'delete'>()
  const wish = async (to: boolean): Promise<boolean> => {
    const answer = await answerOf(hideMessageAction(workspace, { messageId, hidden: to }))
    if (answer.ok) toast.done(to ? 'Hidden in a moment' : 'Shown again in a moment')
    else toast.failed(answer.error.message)
    return answer.ok
  }
  const take = async (): Promise<boolean> => {
    const answer = await answerOf(deleteMessageAction(workspace, { messageId }))
    if (answer.ok) toast.done('Deleted in a moment')
    else toast.failed(answer.error.message)
    return answer.ok
  }
  const why = !rights.reply
    ? 'Only owners, admins and managers hide and delete messages.'
    : isPending
      ? 'It is being done.'
      : (lacking ?? undefined)
  return (
    <>
      <DropdownMenu
        trigger={<IconButton size="small" label="More about this message" icon={<Ellipsis />} className={className} />}
      >
        {hidden ? (
          <MenuItem icon={<Eye aria-hidden />} disabledReason={why} onSelect={() => void wish(false)}>
            Show again at the network
          </MenuItem>
        ) : (
          <MenuItem icon={<EyeOff aria-hidden />} disabledReason={why} onSelect={() => setAsking('hide')}>
            Hide at the network…
          </MenuItem>
        )}
        {deleting !== null && (
          <MenuItem icon={<Trash2 aria-hidden />} disabledReason={why} onSelect={() => setAsking('delete')}>
            Delete at the network…
          </MenuItem>
        )}
      </DropdownMenu>
      <AlertDialog
        open={asking === 'delete'}
        onOpenChange={(open) => setAsking(open ? 'delete' : undefined)}
        title="Delete this comment at the network?"
        description={`${deleting} Nothing brings it back.`}
        confirm="Delete"
        onConfirm={take}
      />
      <AlertDialog
        open={asking === 'hide'}
        onOpenChange={(open) => setAsking(open ? 'hide' : undefined)}
        title="Hide this comment at the network?"
        description={`${effect} You can show it again.`}
        confirm="Hide"
        onConfirm={() => wish(true)}
      />
    </>
  )
}

const coming = { hidden: 'being hidden', shown: 'being shown again', deleted: 'being deleted' } as const

/** How it stands, beside when it was said. */
export const hidingWords = ({ hidden, wish }: Hiding, label: string): string | undefined =>
  wish ? coming[wish] : hidden ? `hidden on ${label}` : undefined
