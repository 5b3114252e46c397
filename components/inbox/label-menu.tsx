'use client'

import { LabelDialog } from '@/components/routing/label-dialog'
import { LabelDot } from '@/components/routing/label-dot'
import { DropdownMenu, MenuCheck, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import type { LabelCard } from '@/lib/routing/schema'
import { useQueryClient } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useInboxPlace } from './inbox-context'
import { inboxKey, useLabels } from './use-inbox'

type Props = {
  /** Those that are on. */
  readonly labels: readonly LabelCard[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onChoose: (label: LabelCard, on: boolean) => void
  readonly trigger: ReactNode
}

/** Which labels are on. Typing a name finds one; who may, makes one on the spot. */
export function LabelMenu({ labels, open, onOpenChange, onChoose, trigger }: Props) {
  const { workspace, rights } = useInboxPlace()
  const client = useQueryClient()
  const known = useLabels(workspace)
  const [making, setMaking] = useState(false)
  const all = known.data ?? []
  return (
    <>
      <DropdownMenu open={open} onOpenChange={onOpenChange} trigger={trigger} className="w-56">
        {known.data?.length === 0 && (
          <MenuLabel>
            {rights.manage
              ? 'There are no labels yet.'
              : 'There are no labels yet. Owners, admins and managers make them.'}
          </MenuLabel>
        )}
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
        {rights.manage && (
          <>
            {all.length > 0 && <MenuSeparator />}
            <MenuItem icon={<Plus aria-hidden />} onSelect={() => setMaking(true)}>
              New label…
            </MenuItem>
          </>
        )}
      </DropdownMenu>
      {making && (
        <LabelDialog
          slug={workspace}
          open
          onOpenChange={setMaking}
          onSaved={(label) => {
            void client.invalidateQueries({ queryKey: inboxKey(workspace, 'labels') })
            onChoose(label, true)
          }}
        />
      )}
    </>
  )
}
