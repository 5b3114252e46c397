'use client'

import { Check, Minus } from 'lucide-react'
import { Checkbox as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useField } from './field-context'

/** `checked="indeterminate"` for "some of these". The reach is 24 px, 44 on touch screens. */
export function Checkbox({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  const field = useField()
  return (
    <Radix.Root
      {...field}
      {...rest}
      className={cn(
        "group relative mt-0.5 grid size-4 shrink-0 place-items-center rounded-[4px] border border-line-strong bg-surface text-on-accent transition-colors after:absolute after:-inset-1 after:content-[''] touch:after:-inset-3.5",
        'hover:border-text-3 disabled:cursor-not-allowed disabled:opacity-55 aria-invalid:border-danger data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent',
        className,
      )}
    >
      <Radix.Indicator>
        <Check aria-hidden strokeWidth={3} className="size-3 group-data-[state=indeterminate]:hidden" />
        <Minus aria-hidden strokeWidth={3} className="hidden size-3 group-data-[state=indeterminate]:block" />
      </Radix.Indicator>
    </Radix.Root>
  )
}
