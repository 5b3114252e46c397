'use client'

import { cn } from '@/components/ui/cn'
import { panelStyle } from '@/components/ui/panel-style'
import { Popover } from 'radix-ui'
import type { ReactNode } from 'react'

/** Anything that knows where it is: an element, or a point of the screen. */
export type Anchor = { getBoundingClientRect(): DOMRect }

export const pointAnchor = (x: number, y: number): Anchor => ({ getBoundingClientRect: () => new DOMRect(x, y, 1, 1) })

/** Where there is room beside a thing. */
const wide = '(width >= 48rem)'

type Props = {
  readonly anchor: Anchor
  readonly label: string
  readonly onClose: () => void
  /** The focus stays where it is: it only shows something. */
  readonly quiet?: boolean
  /** Below it, also where there would be room beside it: for what is as wide as the page. */
  readonly below?: boolean
  readonly onPointerEnter?: () => void
  readonly onPointerLeave?: () => void
  readonly className?: string
  readonly children: ReactNode
}

/** Something that floats beside a thing the calendar has drawn, which cannot be given a trigger of ours. */
export function Anchored({
  anchor,
  label,
  onClose,
  quiet = false,
  below = false,
  className,
  children,
  ...pointer
}: Props) {
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={{ current: anchor }} />
      <Popover.Portal>
        <Popover.Content
          data-motion
          aria-label={label}
          side={!below && window.matchMedia(wide).matches ? 'right' : 'bottom'}
          align="start"
          sideOffset={8}
          collisionPadding={12}
          {...(quiet && { onOpenAutoFocus: (event: Event) => event.preventDefault() })}
          onCloseAutoFocus={(event) => event.preventDefault()}
          {...pointer}
          className={panelStyle(cn('outline-none', className))}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
