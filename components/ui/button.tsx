'use client'

import { Link } from './link'
import { useId, type ComponentProps, type MouseEvent, type ReactNode } from 'react'
import { buttonStyle, type ButtonStyle } from './button-style'
import { cn } from './cn'
import { Spinner } from './spinner'
import { Tooltip } from './tooltip'

export type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> &
  ButtonStyle & {
    readonly icon?: ReactNode
    /** Work is going on: the label stays, a spinner takes the icon's place, pressing does nothing. */
    readonly busy?: boolean
    /** Why it cannot be pressed now, as a sentence. It stays focusable, so that the reason can be read by everyone. */
    readonly disabledReason?: string | undefined
    /** Keys that do the same, shown in the tooltip. */
    readonly shortcut?: string
  }

/** `type` is "button" unless it says otherwise. There is no `disabled`: say why with `disabledReason`. */
export function Button({
  variant,
  size,
  icon,
  busy = false,
  disabledReason,
  shortcut,
  className,
  children,
  onClick,
  type = 'button',
  ...rest
}: ButtonProps) {
  const reasonId = useId()
  const inert = busy || disabledReason !== undefined

  function press(event: MouseEvent<HTMLButtonElement>) {
    if (inert) event.preventDefault()
    else onClick?.(event)
  }

  const button = (
    <button
      {...rest}
      // oxlint-disable-next-line react/button-has-type -- "button" is the default above
      type={type}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      aria-describedby={disabledReason ? reasonId : rest['aria-describedby']}
      onClick={press}
      className={cn(buttonStyle({ variant, size }), className)}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  )
  if (disabledReason)
    return (
      <>
        <Tooltip repeats text={disabledReason}>
          {button}
        </Tooltip>
        <span id={reasonId} hidden>
          {disabledReason}
        </span>
      </>
    )
  return shortcut ? (
    <Tooltip repeats text={children} shortcut={shortcut}>
      {button}
    </Tooltip>
  ) : (
    button
  )
}

type LinkButtonProps = ComponentProps<typeof Link> & ButtonStyle & { readonly icon?: ReactNode }

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ variant, size, icon, className, children, ...rest }: LinkButtonProps) {
  return (
    <Link {...rest} className={cn(buttonStyle({ variant, size }), className)}>
      {icon}
      {children}
    </Link>
  )
}
