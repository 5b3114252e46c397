'use client'

import { ArrowDown, ArrowUp } from 'lucide-react'
import { Link } from './link'
import type { ComponentProps, KeyboardEvent, ReactNode } from 'react'
import { cn } from './cn'

const steps: Readonly<Record<string, (from: number, last: number) => number>> = {
  ArrowDown: (from, last) => Math.min(last, from + 1),
  ArrowUp: (from) => Math.max(0, from - 1),
  Home: () => 0,
  End: (_, last) => last,
}

/** With the focus on a row's link, ↑ ↓ Home End go from row to row. */
function moveAlong(event: KeyboardEvent<HTMLTableElement>) {
  const step = steps[event.key]
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-link]')]
  const here = links.findIndex((link) => link === document.activeElement)
  if (!step || here < 0) return
  event.preventDefault()
  links[step(here, links.length - 1)]?.focus()
}

/** `label` names it for those who hear it. Wide tables scroll inside their own frame. */
export function Table({ label, className, ...rest }: ComponentProps<'table'> & { readonly label: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scroller must be reachable without a mouse
    <section className="relative w-full overflow-x-auto" tabIndex={0} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- moves the focus between its links */}
      <table
        aria-label={label}
        {...rest}
        onKeyDown={moveAlong}
        className={cn('w-full border-collapse text-left text-table', className)}
      />
    </section>
  )
}

export function TableHead({ children }: { readonly children: ReactNode }) {
  return (
    <thead>
      <tr className="border-b">{children}</tr>
    </thead>
  )
}

export function TableBody(props: ComponentProps<'tbody'>) {
  return <tbody {...props} />
}

type ColumnProps = ComponentProps<'th'> & {
  /** Numbers stand to the right. */
  readonly numeric?: boolean
  readonly sorted?: 'ascending' | 'descending' | undefined
  /** Where sorting by this column is. */
  readonly sortHref?: string
}

export function Column({ numeric = false, sorted, sortHref, className, children, ...rest }: ColumnProps) {
  const Arrow = sorted === 'ascending' ? ArrowUp : ArrowDown
  return (
    <th
      scope="col"
      aria-sort={sorted}
      {...rest}
      className={cn(
        'h-row px-3 text-meta font-medium whitespace-nowrap text-text-3 first:pl-2 last:pr-2',
        numeric && 'text-right',
        className,
      )}
    >
      {sortHref ? (
        <Link href={sortHref} scroll={false} className="inline-flex items-center gap-1 rounded-control hover:text-text">
          {children}
          {sorted && <Arrow aria-hidden className="size-3" />}
        </Link>
      ) : (
        children
      )}
    </th>
  )
}

/** `selected` tints it; hovering does not. */
export function Row({ selected = false, className, ...rest }: ComponentProps<'tr'> & { readonly selected?: boolean }) {
  return (
    <tr
      aria-selected={selected || undefined}
      {...rest}
      className={cn(
        'relative border-b transition-colors last:border-b-0 hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover',
        selected && 'bg-selected hover:bg-selected',
        className,
      )}
    />
  )
}

export function Cell({ numeric = false, className, ...rest }: ComponentProps<'td'> & { readonly numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={cn('h-row px-3 py-1 first:pl-2 last:pr-2', numeric && 'text-right tabular-nums', className)}
    />
  )
}

/** The row's own link: one per row, in its main cell, covering the whole row. Buttons in other cells want `relative`. */
export function RowLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      data-row-link
      className={cn("rounded-control font-medium text-text after:absolute after:inset-0 after:content-['']", className)}
    />
  )
}
