import { Link } from '@/components/ui/link'
import type { ComponentProps } from 'react'
import { cn } from '@/components/ui/cn'

/** A link within words. */
export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return <Link {...rest} className={cn('rounded-control text-accent-text underline underline-offset-2', className)} />
}
