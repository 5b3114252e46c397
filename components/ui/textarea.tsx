'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'
import { controlStyle } from './control-style'
import { useField } from './field-context'

/** Several lines of text; grows with what is written. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  const field = useField()
  return (
    <textarea
      // Each writes in their own script.
      dir="auto"
      rows={rows}
      {...field}
      {...rest}
      className={controlStyle(cn('field-sizing-content h-auto min-h-20 resize-y py-2 leading-normal', className))}
    />
  )
}
