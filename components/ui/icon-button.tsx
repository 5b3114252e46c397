'use client'

import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { buttonStyle, type ButtonStyle } from './button-style'
import { cn } from './cn'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

type Props = Omit<ComponentProps<'button'>, 'disabled' | 'aria-label' | 'children' | 'type'> &
  ButtonStyle & {
    /** What it does, in words: the accessible name and the tooltip. */
    readonly label: string
    readonly icon: ReactNode
    readonly busy?: boolean
    readonly disabledReason?: string | undefined
    readonly shortcut?: string
    readonly side?: 'top' | 'right' | 'bottom' | 'left'
  }

/** A button that shows only its icon. */
export function IconButton({
  label,
  icon,
  variant = 'ghost',
  size,
  busy = false,
  disabledReason,
  shortcut,
  side,
  className,
  onClick,
  ...rest
}: Props) {
  const reasonId = useId()
  const inert = busy || disabledReason !== undefined

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }

  return (
    <>
      <Tooltip repeats text={disabledReason ?? label} shortcut={shortcut} {...(side && { side })}>
        <button
          {...rest}
          type="button"
          aria-label={label}
          aria-disabled={inert || undefined}
          aria-busy={busy || undefined}
          aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
          onClick={press}
          className={cn(buttonStyle({ variant, size, square: true }), className)}
        >
          {busy ? <Spinner /> : icon}
        </button>
      </Tooltip>
      {disabledReason && (
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      )}
    </>
  )
}
