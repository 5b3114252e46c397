import { cn } from '@/components/ui/cn'
import { duration } from '@/lib/core/format'
import type { Shown } from './preview-parts'

type Props = { readonly poll: Shown['poll']; readonly className?: string }

/** A question's answers, as readers press them. */
export function PreviewPoll({ poll, className }: Props) {
  if (!poll) return null
  return (
    <div className={cn('flex flex-col gap-1.5', className)}>
      {poll.options.map((option, place) => (
        // Answers are told apart by their places alone.
        // oxlint-disable-next-line react/no-array-index-key
        <span key={place} className="truncate rounded-full border px-3 py-1 text-center text-table font-medium">
          {option.trim() || `Answer ${place + 1}`}
        </span>
      ))}
      <span className="text-meta text-text-3">
        {duration(poll.minutes * 60_000)} left{poll.multiple && ' · several answers'}
      </span>
    </div>
  )
}
