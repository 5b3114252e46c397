'use client'

import { Avatar } from '@/components/ui/avatar'
import { DropdownMenu, MenuItem, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { paths } from '@/lib/core/paths'
import { Check, NotebookPen, Plus, UserRoundX, Users } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { AssignWithNote } from './assign-with-note'
import { useInboxPlace } from './inbox-context'
import type { Holder } from './use-triage'

type Props = {
  /** Undefined where several are chosen that need not agree. */
  readonly now?: Holder
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** @returns whether all were assigned */
  readonly onChoose: (to: Holder, note?: string) => Promise<boolean>
  readonly trigger: ReactNode
}

/** Whose a conversation is: a person's or a team's. Typing a name finds it. */
export function AssignMenu({ now, open, onOpenChange, onChoose, trigger }: Props) {
  const { workspace, members, teams, me, rights } = useInboxPlace()
  const [writing, setWriting] = useState(false)
  const answering = members.filter(({ mayAnswer }) => mayAnswer)
  const mine = answering.filter(({ id }) => id === me)
  const others = answering.filter(({ id }) => id !== me)
  return (
    <>
      <DropdownMenu open={open} onOpenChange={onOpenChange} trigger={trigger} className="w-60">
        <MenuLabel>People</MenuLabel>
        {[...mine, ...others].map((person) => (
          <MenuItem
            key={person.id}
            icon={<Avatar name={person.name} size="small" decorative />}
            onSelect={() => void onChoose({ person })}
          >
            <Named
              name={person.id === me ? `${person.name} (you)` : person.name}
              isNow={person.id === now?.person?.id}
            />
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuLabel>Teams</MenuLabel>
        {teams.map((team) => (
          <MenuItem key={team.id} icon={<Users aria-hidden />} onSelect={() => void onChoose({ person: null, team })}>
            <Named name={team.name} isNow={team.id === now?.team?.id} />
          </MenuItem>
        ))}
        {teams.length === 0 &&
          (rights.manage ? (
            <MenuItem icon={<Plus aria-hidden />} href={paths.inboxSettings(workspace, 'teams')}>
              Make the first team
            </MenuItem>
          ) : (
            <p className="px-2 pb-1 text-meta text-text-3">
              There are none yet. Owners, admins and managers make them.
            </p>
          ))}
        <MenuSeparator />
        <MenuItem icon={<UserRoundX aria-hidden />} onSelect={() => void onChoose({ person: null, team: null })}>
          Nobody
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<NotebookPen aria-hidden />} onSelect={() => setWriting(true)}>
          With a note…
        </MenuItem>
      </DropdownMenu>
      {writing && <AssignWithNote onChoose={onChoose} onClose={() => setWriting(false)} />}
    </>
  )
}

const Named = ({ name, isNow }: { readonly name: string; readonly isNow: boolean }) => (
  <span className="flex items-center justify-between gap-2">
    <span className="truncate">{name}</span>
    {isNow && <Check aria-label="now" className="size-4 shrink-0" />}
  </span>
)
