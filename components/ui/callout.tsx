import { CircleAlert, CircleCheck, Info, TriangleAlert, type LucideIcon } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'

type Tone = 'plain' | 'review' | 'published' | 'failed'

const tones: Readonly<Record<Tone, { readonly icon: LucideIcon; readonly style: string }>> = {
  plain: { icon: Info, style: 'bg-sunken text-text-2' },
  review: { icon: TriangleAlert, style: 'bg-review-tint text-review' },
  published: { icon: CircleCheck, style: 'bg-published-tint text-published' },
  failed: { icon: CircleAlert, style: 'bg-failed-tint text-failed' },
}

type Props = Omit<ComponentProps<'div'>, 'title'> & {
  readonly tone?: Tone
  readonly title?: string
  /** The way out: a button or a link. */
  readonly action?: ReactNode
}

/** Something to know here: what happened, what it means, what to do. */
export function Callout({ tone = 'plain', title, action, className, children, ...rest }: Props) {
  const { icon: Icon, style } = tones[tone]
  return (
    <div
      {...rest}
      className={cn('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-card px-3 py-2.5 text-table', style, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-48 text-pretty">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
      {action}
    </div>
  )
}
