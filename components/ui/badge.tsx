import { cva, type VariantProps } from 'class-variance-authority'
import type { ComponentProps } from 'react'
import { cn } from './cn'

const badgeStyle = cva(
  'inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-meta font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0',
  {
    variants: {
      tone: {
        plain: 'border text-text-2',
        draft: 'bg-draft-tint text-draft inset-ring inset-ring-draft/20',
        review: 'bg-review-tint text-review inset-ring inset-ring-review/20',
        scheduled: 'bg-scheduled-tint text-scheduled inset-ring inset-ring-scheduled/20',
        published: 'bg-published-tint text-published inset-ring inset-ring-published/20',
        failed: 'bg-failed-tint text-failed inset-ring inset-ring-failed/20',
      },
    },
    defaultVariants: { tone: 'plain' },
  },
)

/** The five colours a state may have; `plain` has none. */
export type Tone = NonNullable<VariantProps<typeof badgeStyle>['tone']>

/** A word about a thing: a role, a plan. For states, use StatusBadge, which always has its icon. */
export function Badge({ tone, className, ...rest }: ComponentProps<'span'> & { readonly tone?: Tone }) {
  return <span {...rest} className={cn(badgeStyle({ tone }), className)} />
}
