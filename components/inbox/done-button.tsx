'use client'

import { Button } from '@/components/ui/button'
import type { ButtonStyle } from '@/components/ui/button-style'
import { IconButton } from '@/components/ui/icon-button'
import { ChevronDown, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { DoneMenu } from './done-menu'
import { useInboxPlace } from './inbox-context'
import type { OpenMenu } from './inbox-keys'

type Props = {
  readonly size?: ButtonStyle['size']
  readonly isOpen: boolean
  readonly onMenu: (menu: OpenMenu) => void
  /** With a reason, or null where nobody says why. */
  readonly onDone: (disposition: string | null) => void
}

/** Ends conversations. Why is asked where the workspace wants to know, and can be said where it does not. */
export function DoneButton({ size = 'medium', isOpen, onMenu, onDone }: Props) {
  const { dispositions } = useInboxPlace()
  const menu = (trigger: ReactNode) => (
    <DoneMenu open={isOpen} onOpenChange={(on) => onMenu(on ? 'done' : null)} onDone={onDone} trigger={trigger} />
  )
  if (dispositions.asks)
    return menu(
      <Button size={size} icon={<CircleCheck aria-hidden />} shortcut="e">
        Done
      </Button>,
    )
  return (
    <span className="flex items-center">
      <Button
        size={size}
        icon={<CircleCheck aria-hidden />}
        shortcut="e"
        className="rounded-r-none"
        onClick={() => onDone(null)}
      >
        Done
      </Button>
      {menu(
        <IconButton
          size={size}
          variant="secondary"
          label="Done, and why"
          shortcut="shift+e"
          icon={<ChevronDown />}
          className="-ml-px w-7 rounded-l-none touch:w-11"
        />,
      )}
    </span>
  )
}
