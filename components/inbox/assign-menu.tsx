'use client'

import { Avatar } from '@/components/ui/avatar'
import { DropdownMenu, MenuItem } from '@/components/ui/dropdown-menu'
import { Check, UserRoundX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'

type Props = {
  /** Undefined where several are chosen that need not agree. */
  readonly assigneeId?: string | null
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onChoose: (assigneeId: string | null, name: string) => void
  readonly trigger: ReactNode
}

/** Whose a conversation is. Typing a name finds it. */
export function AssignMenu({ assigneeId, open, onOpenChange, onChoose, trigger }: Props) {
  const { members, me } = useInboxPlace()
  const mine = members.filter(({ id }) => id === me)
  const others = members.filter(({ id }) => id !== me)
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange} trigger={trigger} className="w-60">
      {[...mine, ...others].map(({ id, name }) => (
        <MenuItem key={id} icon={<Avatar name={name} size="small" decorative />} onSelect={() => onChoose(id, name)}>
          <span className="flex items-center justify-between gap-2">
            <span className="truncate">
              {name}
              {id === me && ' (you)'}
            </span>
            {id === assigneeId && <Check aria-label="now" className="size-4 shrink-0" />}
          </span>
        </MenuItem>
      ))}
      <MenuItem icon={<UserRoundX aria-hidden />} onSelect={() => onChoose(null, 'Nobody')}>
        Nobody
      </MenuItem>
    </DropdownMenu>
  )
}
