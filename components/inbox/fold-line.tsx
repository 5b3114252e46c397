import { cn } from '@/components/ui/cn'
import type { SlaCard } from '@/lib/inbox/schema'
import { ChevronRight } from 'lucide-react'
import { othersAlike } from './inbox-looks'
import { TimeLeft } from './time-left'

type Props = {
  /** Who the conversation above it is with. */
  readonly name: string
  readonly count: number
  /** The promise among them that is due before that of the conversation above. */
  readonly sooner: SlaCard | null
  readonly isUnfolded: boolean
  readonly here: boolean
  readonly onUnfold: (on: boolean) => void
}

/** How many others of the list say nearly the same, and the way to see them. */
export const FoldLine = ({ name, count, sooner, isUnfolded, here, onUnfold }: Props) => (
  <button
    type="button"
    aria-expanded={isUnfolded}
    onClick={() => onUnfold(!isUnfolded)}
    className={cn(
      'ring-inside relative flex h-6 w-full shrink-0 items-center gap-1 border-b pr-3 pb-2 pl-14 text-left text-meta font-medium text-text-2 transition-colors hover:bg-hover touch:after:absolute touch:after:inset-x-0 touch:after:-top-5 touch:after:bottom-0',
      here && 'bg-selected hover:bg-selected',
    )}
  >
    <ChevronRight aria-hidden className={cn('size-3.5 shrink-0 transition-transform', isUnfolded && 'rotate-90')} />
    {othersAlike(count, ' here')}
    <span className="sr-only"> as {name}</span>
    {sooner && (
      <span className="ml-auto pl-2">
        <TimeLeft sla={sooner} />
      </span>
    )}
  </button>
)
