'use client'

import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { controlStyle } from './control-style'
import { useField } from './field-context'

type Props = ComponentProps<'input'> & {
  /** An icon inside, at the start. */
  readonly icon?: ReactNode
}

/** One line of text. */
export function Input({ icon, className, ...rest }: Props) {
  const field = useField()
  const input = <input {...field} {...rest} className={controlStyle(cn(icon && 'pl-8', className))} />
  if (!icon) return input
  return (
    <span className="relative flex min-w-0 flex-1 items-center">
      <span aria-hidden className="pointer-events-none absolute left-2.5 text-text-3 [&_svg]:size-4">
        {icon}
      </span>
      {input}
    </span>
  )
}
