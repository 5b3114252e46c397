'use client'

import { Tooltip as Radix } from 'radix-ui'
import type { FocusEvent, ReactElement, ReactNode } from 'react'
import { Kbd } from './kbd'

/** Once, around the whole page: tooltips then share one delay. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  )
}

type Props = {
  readonly text: ReactNode
  /** Keys that do the same, such as `mod+k`. */
  readonly shortcut?: string | undefined
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  /** The words are in the element's name or description already: they are shown, not said twice. */
  readonly repeats?: boolean
  /** One focusable element. */
  readonly children: ReactElement
}

/** Adds words to what is already understandable without them; never the only place of something needed. */
export function Tooltip({ text, shortcut, side = 'top', repeats = false, children }: Props) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild onFocus={onlyWhereSeen}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-motion
          // Radix describes the element by this label; a blank one adds nothing.
          {...(repeats && { 'aria-label': ' ' })}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-(--z-tooltip) flex max-w-72 animate-fade items-center gap-2 rounded-control bg-text px-2 py-1 text-meta text-pretty text-canvas"
        >
          {text}
          {shortcut && <Kbd keys={shortcut} inverted />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A menu gives the focus back to its button as it closes: after a finger or a mouse, nobody asked for the button's words. */
function onlyWhereSeen(event: FocusEvent<HTMLButtonElement>) {
  if (!event.currentTarget.matches(':focus-visible')) event.preventDefault()
}
