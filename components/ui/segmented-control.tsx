'use client'

import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'

type Segment<V extends string> = {
  readonly value: V
  readonly label: string
  readonly icon?: ReactNode
  /** Shows only the icon; the label is read aloud. */
  readonly iconOnly?: boolean
}

type Props<V extends string> = {
  readonly label: string
  readonly segments: readonly Segment<V>[]
  readonly value: V
  readonly onChange: (value: V) => void
  readonly className?: string
}

/** One of two to five, all in sight: a view, a period. */
export function SegmentedControl<const V extends string>({ label, segments, value, onChange, className }: Props<V>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      // Pressing the chosen one gives ''; one is always chosen. Every other value comes from `segments`.
      onValueChange={(chosen) => chosen && onChange(chosen as V)}
      className={cn(
        'inline-flex h-control items-stretch gap-0.5 rounded-control bg-sunken p-0.5 ring-1 ring-line ring-inset',
        className,
      )}
    >
      {segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          {...(segment.iconOnly && { 'aria-label': segment.label, title: segment.label })}
          className="inline-flex min-w-7 items-center justify-center gap-1.5 rounded-[4px] px-2 text-table font-medium text-text-2 transition-colors hover:text-text data-[state=on]:bg-surface data-[state=on]:text-text data-[state=on]:ring-1 data-[state=on]:ring-line touch:min-w-11 [&_svg]:size-4"
        >
          {segment.icon}
          {!segment.iconOnly && segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
