'use client'

import { HoverCard as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { panelStyle } from './panel-style'

type Props = {
  /** A link or button whose own page holds all of this: a preview is an extra, never the only way. */
  readonly trigger: ReactNode
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly className?: string
  readonly children: ReactNode
}

/** A look ahead on hover and on focus. */
export function HoverCard({ trigger, side = 'bottom', className, children }: Props) {
  return (
    <Radix.Root openDelay={350} closeDelay={150}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-motion
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={panelStyle(`w-80 p-3 text-table ${className ?? ''}`)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
