'use client'

import { cn } from '@/components/ui/cn'
import { views, type View } from '@/lib/inbox/schema'
import { viewIcons, viewLabels } from './inbox-looks'
import { useInboxPlace } from './inbox-context'
import { useCounts } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'

const countOf = (count: number | undefined): string => (!count ? '' : count >= 1_000 ? '1,000+' : String(count))

/** The lists there are, with how much is in each. */
export function InboxViews({ address: { filter, setView } }: { readonly address: InboxAddress }) {
  const { workspace } = useInboxPlace()
  const counts = useCounts(workspace)
  return (
    <nav
      aria-label="Views"
      className="flex gap-1 overflow-x-auto px-3 py-2 [scrollbar-width:none] lg:flex-col lg:gap-0.5 lg:overflow-visible lg:px-2 lg:py-3"
    >
      {views.map((view) => {
        const Icon = viewIcons[view]
        const count = countOf(counts.data?.[view])
        return (
          <button
            key={view}
            type="button"
            aria-current={view === filter.view ? 'true' : undefined}
            onClick={() => setView(view satisfies View)}
            className={cn(
              'ring-inside flex h-control shrink-0 items-center gap-2 rounded-control px-2.5 text-table font-medium text-text-2 transition-colors hover:bg-hover hover:text-text',
              view === filter.view && 'bg-selected text-text hover:bg-selected',
            )}
          >
            <Icon
              aria-hidden
              className={cn('size-4 shrink-0 text-text-3', view === filter.view && 'text-accent-text')}
            />
            <span className="flex-1 text-left whitespace-nowrap">{viewLabels[view]}</span>
            {count && <span className="text-meta tabular-nums text-text-3">{count}</span>}
          </button>
        )
      })}
    </nav>
  )
}
