'use client'

import { LabelDot } from '@/components/routing/label-dot'
import { DropdownMenu, MenuCheck, MenuLabel } from '@/components/ui/dropdown-menu'
import type { LabelCard } from '@/lib/routing/schema'
import type { ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'
import { useLabels } from './use-inbox'

type Props = {
  /** Those that are on. */
  readonly labels: readonly LabelCard[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onChoose: (label: LabelCard, on: boolean) => void
  readonly trigger: ReactNode
}

/** Which labels are on. Typing a name finds one. */
export function LabelMenu({ labels, open, onOpenChange, onChoose, trigger }: Props) {
  const { workspace } = useInboxPlace()
  const all = useLabels(workspace).data ?? []
  return (
    <DropdownMenu open={open} onOpenChange={onOpenChange} trigger={trigger} className="w-56">
      {all.length === 0 && <MenuLabel>There are no labels yet: make them in the settings.</MenuLabel>}
      {all.map((label) => (
        <MenuCheck
          key={label.id}
          checked={labels.some(({ id }) => id === label.id)}
          onChange={(on) => onChoose(label, on)}
          icon={<LabelDot colour={label.colour} />}
        >
          {label.name}
        </MenuCheck>
      ))}
    </DropdownMenu>
  )
}
