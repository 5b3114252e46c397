'use client'

import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { panelStyle } from './panel-style'

export const PopoverClose = Radix.Close

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** One focusable element. */
  readonly trigger: ReactNode
  /** Its accessible name. */
  readonly label: string
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly className?: string
  readonly children: ReactNode
}

/** A small task beside what it is about. */
export function Popover({
  open,
  onOpenChange,
  trigger,
  label,
  align = 'start',
  side = 'bottom',
  className,
  children,
}: Props) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-motion
          aria-label={label}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className={panelStyle(
            `max-h-(--radix-popover-content-available-height) w-72 overflow-y-auto p-3 outline-none ${className ?? ''}`,
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
