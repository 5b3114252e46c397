'use client'

import { Check, ChevronDown, ChevronUp } from 'lucide-react'
import { Select as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'
import { controlStyle } from './control-style'
import { useField } from './field-context'
import { itemStyle, panelStyle } from './panel-style'

export type Option<V extends string = string> = {
  /** Not the empty string: that stands for nothing chosen. */
  readonly value: V
  readonly label: string
  readonly hint?: string
  readonly icon?: ReactNode
  readonly disabled?: boolean
}

type Props<V extends string> = {
  readonly options: readonly Option<V>[]
  readonly value?: V | undefined
  readonly defaultValue?: V
  readonly onChange?: (value: V) => void
  readonly onBlur?: () => void
  readonly name?: string
  readonly placeholder?: string
  readonly disabled?: boolean
  /** Its name, where no `Field` gives one. */
  readonly 'aria-label'?: string
  readonly className?: string
}

/** One of up to about twenty; for more, use a search. */
export function Select<const V extends string>({
  options,
  value,
  defaultValue,
  onChange,
  onBlur,
  name,
  placeholder = 'Choose…',
  disabled,
  className,
  ...aria
}: Props<V>) {
  const field = useField()
  // Radix speaks of strings; every value it can give back comes from `options`.
  const choose = (chosen: string) => onChange?.(chosen as V)
  return (
    <Radix.Root
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      {...(name !== undefined && { name })}
      {...(disabled !== undefined && { disabled })}
      onValueChange={choose}
    >
      <Radix.Trigger
        {...field}
        {...aria}
        onBlur={onBlur}
        className={controlStyle(
          cn(
            'inline-flex items-center justify-between gap-2 text-left data-placeholder:text-text-3 [&>span]:truncate',
            className,
          ),
        )}
      >
        <Radix.Value placeholder={placeholder} />
        <Radix.Icon>
          <ChevronDown aria-hidden className="size-4 text-text-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-motion
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className={panelStyle('max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width)')}
        >
          <Radix.ScrollUpButton className="grid place-items-center py-1">
            <ChevronUp aria-hidden className="size-4" />
          </Radix.ScrollUpButton>
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                // Its name is all it says, the hint included.
                aria-labelledby={undefined}
                disabled={option.disabled ?? false}
                className={itemStyle('pr-8')}
              >
                {option.icon}
                <span className="flex min-w-0 flex-col">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.hint && <span className="text-meta text-text-3">{option.hint}</span>}
                </span>
                <Radix.ItemIndicator className="absolute right-2">
                  <Check aria-hidden />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
          <Radix.ScrollDownButton className="grid place-items-center py-1">
            <ChevronDown aria-hidden className="size-4" />
          </Radix.ScrollDownButton>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
