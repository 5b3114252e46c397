import { cn } from './cn'

/** What floats: menus, popovers, lists of choices. */
export const panelStyle = (className?: string): string =>
  cn('z-(--z-popover) animate-in overflow-hidden rounded-card bg-surface text-text shadow-float', className)

/** One line in a menu or list of choices. */
export const itemStyle = (className?: string): string =>
  cn(
    'relative flex min-h-control cursor-default items-center gap-2 rounded-control px-2 py-1 text-table outline-none select-none',
    // cmdk writes data-disabled="false" where Radix writes nothing.
    'not-data-[disabled=false]:data-disabled:pointer-events-none not-data-[disabled=false]:data-disabled:text-text-3 data-highlighted:bg-hover data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&>svg]:text-text-3',
    className,
  )
