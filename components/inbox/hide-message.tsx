'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { toast } from '@/components/ui/toast'
import { answerOf } from '@/components/workspace/answer-of'
import { hideMessageAction } from '@/lib/inbox/actions'
import type { Hiding } from '@/lib/inbox/schema'
import { Ellipsis, Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = { readonly messageId: string; readonly hiding: Hiding; readonly className?: string }

/** What can be done to a message at its network: hiding it asks first, because its author is not told. */
export function HideMessage({ messageId, hiding: { hidden, isPending, effect, lacking }, className }: Props) {
  const { workspace, rights } = useInboxPlace()
  const [asking, setAsking] = useState(false)
  const wish = async (to: boolean): Promise<boolean> => {
    const answer = await answerOf(hideMessageAction(workspace, { messageId, hidden: to }))
    if (answer.ok) toast.done(to ? 'Hidden in a moment' : 'Shown again in a moment')
    else toast.failed(answer.error.message)
    return answer.ok
  }
  const why = !rights.reply
    ? 'Only owners, admins and managers hide messages.'
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
          <MenuItem icon={<EyeOff aria-hidden />} disabledReason={why} onSelect={() => setAsking(true)}>
            Hide at the network…
          </MenuItem>
        )}
      </DropdownMenu>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Hide this comment at the network?"
        description={`${effect} You can show it again.`}
        confirm="Hide"
        onConfirm={() => wish(true)}
      />
    </>
  )
}

/** How it stands, beside when it was said. */
export const hidingWords = ({ hidden, isPending }: Hiding, label: string): string | undefined =>
  isPending ? (hidden ? 'being shown again' : 'being hidden') : hidden ? `hidden on ${label}` : undefined
