import { cn } from '@/components/ui/cn'

type Props = {
  /** With the name beside it; without, it is only decoration. */
  readonly named?: boolean
  readonly className?: string
}

/** The post horn: a coil, a mouthpiece at the left, a bell at the right. */
export function Mark({ named = false, className }: Props) {
  return (
    <span className={cn('inline-flex items-center gap-2', className)}>
      <svg viewBox="0 0 32 32" aria-hidden className="size-6 shrink-0">
        <rect width="32" height="32" rx="7" className="fill-accent" />
        <g className="fill-none stroke-on-accent" strokeWidth="2.5" strokeLinecap="round" strokeLinejoin="round">
          <circle cx="15" cy="16" r="5.25" />
          <path d="M4.5 10.75H15M15 21.25H20.5C23 21.25 25 23 27 25.5V11.5C25.4 13.4 23.6 15 21.2 15.7" />
        </g>
      </svg>
      {named && <span className="text-lead font-semibold tracking-[-0.01em]">Posthorn</span>}
    </span>
  )
}
