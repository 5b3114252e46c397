'use client'

import { Check } from 'lucide-react'
import { Link } from './link'
import { DropdownMenu as Radix } from 'radix-ui'
import { useId, type ReactNode } from 'react'
import { cn } from './cn'
import { Kbd } from './kbd'
import { itemStyle, panelStyle } from './panel-style'

type MenuProps = {
  /** One focusable element, mostly a Button or IconButton. */
  readonly trigger: ReactNode
  readonly align?: 'start' | 'center' | 'end'
  readonly side?: 'top' | 'right' | 'bottom' | 'left'
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** Called before the focus goes back to the trigger; `preventDefault` takes it elsewhere. */
  readonly onClosed?: (event: Event) => void
  readonly className?: string
  readonly children: ReactNode
}

/** Things to do with one object. */
export function DropdownMenu({
  trigger,
  align = 'end',
  side = 'bottom',
  open,
  onOpenChange,
  onClosed,
  className,
  children,
}: MenuProps) {
  return (
    // Not modal: the page stays readable to screen readers, and a press outside does what it says.
    <Radix.Root modal={false} {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          data-motion
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          {...(onClosed && { onCloseAutoFocus: onClosed })}
          className={panelStyle(
            cn('max-h-(--radix-dropdown-menu-content-available-height) min-w-48 overflow-y-auto p-1', className),
          )}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

type ItemProps = {
  readonly icon?: ReactNode
  readonly shortcut?: string
  /** Deletes or disconnects. */
  readonly danger?: boolean
  /** Why it cannot be chosen now; shown under its label. */
  readonly disabledReason?: string | undefined
  readonly children: ReactNode
} & ({ readonly href: string; readonly onSelect?: never } | { readonly href?: never; readonly onSelect: () => void })

/** One thing to do, or (with `href`) one place to go. */
export function MenuItem({ icon, shortcut, danger = false, disabledReason, href, onSelect, children }: ItemProps) {
  const style = itemStyle(cn(danger && 'text-danger-text [&>svg]:text-danger-text'))
  const inside = (
    <>
      {icon}
      <span className="flex min-w-0 flex-1 flex-col">
        {children}
        {disabledReason && <span className="max-w-56 text-meta">{disabledReason}</span>}
      </span>
      {shortcut && <Kbd keys={shortcut} className="pl-4 touch:hidden" />}
    </>
  )
  const disabled = disabledReason !== undefined
  return href && !disabled ? (
    <Radix.Item asChild className={style}>
      <Link href={href}>{inside}</Link>
    </Radix.Item>
  ) : (
    <Radix.Item disabled={disabled} {...(onSelect && { onSelect })} className={style}>
      {inside}
    </Radix.Item>
  )
}

type Choice<V extends string> = { readonly value: V; readonly label: string; readonly icon?: ReactNode }

/** One of several, inside a menu. */
export function MenuChoice<const V extends string>({
  label,
  value,
  choices,
  onChange,
}: {
  readonly label: string
  readonly value: V
  readonly choices: readonly Choice<V>[]
  readonly onChange: (value: V) => void
}) {
  return (
    <Radix.RadioGroup
      aria-label={label}
      value={value}
      // Radix speaks of strings; every value it can give back comes from `choices`.
      onValueChange={(chosen) => onChange(chosen as V)}
    >
      <MenuLabel>{label}</MenuLabel>
      {choices.map((choice) => (
        <Radix.RadioItem
          key={choice.value}
          value={choice.value}
          onSelect={(event) => event.preventDefault()}
          className={itemStyle('pr-8')}
        >
          {choice.icon}
          {choice.label}
          <Radix.ItemIndicator className="absolute right-2">
            <Check aria-hidden />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  )
}

/** On or off, inside a menu; the menu stays open. */
export function MenuCheck({
  checked,
  onChange,
  icon,
  hint,
  children,
}: {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly icon?: ReactNode
  /** What it means, where its label does not say it all. */
  readonly hint?: string
  readonly children: ReactNode
}) {
  const id = useId()
  const [labelId, hintId] = [`${id}label`, `${id}hint`]
  return (
    <Radix.CheckboxItem
      checked={checked}
      onCheckedChange={onChange}
      onSelect={(event) => event.preventDefault()}
      // All that stands in an item is its name otherwise, the hint too.
      {...(hint && { 'aria-labelledby': labelId, 'aria-describedby': hintId })}
      className={itemStyle('pr-8')}
    >
      {icon}
      {hint ? (
        <span className="flex min-w-0 flex-1 flex-col">
          <span id={labelId}>{children}</span>
          <span id={hintId} className="text-meta text-text-3">
            {hint}
          </span>
        </span>
      ) : (
        children
      )}
      <Radix.ItemIndicator className="absolute right-2">
        <Check aria-hidden />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  )
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 pt-2 pb-1 text-meta font-medium text-text-3">{children}</Radix.Label>
}

export function MenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />
}
