'use client'

import { Switch as Radix } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { useField } from './field-context'

/** On or off, taking effect at once. In a form that is sent later, use a Checkbox. */
export function Switch({ className, ...rest }: ComponentProps<typeof Radix.Root>) {
  const field = useField()
  return (
    <Radix.Root
      {...field}
      {...rest}
      className={cn(
        "relative inline-flex h-5 w-8 shrink-0 items-center rounded-full bg-line-strong p-0.5 transition-colors after:absolute after:-inset-1 after:content-[''] disabled:cursor-not-allowed disabled:opacity-55 data-[state=checked]:bg-accent touch:after:-inset-3",
        className,
      )}
    >
      <Radix.Thumb className="size-4 rounded-full bg-on-accent transition-transform data-[state=checked]:translate-x-3" />
    </Radix.Root>
  )
}
