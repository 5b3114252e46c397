import type { ComponentProps } from 'react'
import { cn } from './cn'

type Props = Omit<ComponentProps<'p'>, 'dir'> & {
  readonly as?: 'p' | 'span'
  /** One line, cut where it ends. */
  readonly line?: boolean
}

/** What somebody wrote, they or we: in the direction of its own script, and never wider than its place. */
export function Said({ as: Tag = 'p', line = false, className, ...rest }: Props) {
  // Of a long word `break-words` would still ask for the whole width.
  const breaks = line ? 'truncate' : 'wrap-anywhere whitespace-pre-wrap'
  return <Tag dir="auto" {...rest} className={cn(breaks, className)} />
}
