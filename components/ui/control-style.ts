import { cn } from './cn'

/** The frame of everything that is typed or chosen. */
export const controlStyle = (className?: string): string =>
  cn(
    'h-control w-full min-w-0 rounded-control border border-line-strong bg-surface px-2.5 text-input text-text transition-colors',
    'hover:border-text-3 aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-sunken disabled:text-text-3 [&[readonly]]:bg-sunken',
    className,
  )
