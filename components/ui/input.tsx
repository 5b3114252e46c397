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
  // As in Textarea.
  if (!icon) return <input dir="auto" {...field} {...rest} className={controlStyle(className)} />
  return (
    <span className={cn('relative flex w-full min-w-0 items-center', className)}>
      <span aria-hidden className="pointer-events-none absolute left-2.5 text-text-3 [&_svg]:size-4">
        {icon}
      </span>
      <input dir="auto" {...field} {...rest} className={controlStyle('pl-8')} />
    </span>
  )
}
