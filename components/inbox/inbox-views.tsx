'use client'

import { views } from '@/lib/inbox/schema'
import { useInboxPlace } from './inbox-context'
import { viewIcons, viewKeys, viewLabels } from './inbox-looks'
import { useCounts } from './use-inbox'
import type { InboxAddress } from './use-inbox-address'
import { ViewButton } from './view-button'
import { WordViews } from './word-views'

/** The lists there are, with how much is in each. */
export function InboxViews({ address }: { readonly address: InboxAddress }) {
  const { workspace } = useInboxPlace()
  const { filter, setView } = address
  const counts = useCounts(workspace, filter.project)
  return (
    <nav
      aria-label="Views"
      className="relative flex gap-1 overflow-x-auto px-3 py-2 [scrollbar-width:none] lg:flex-col lg:gap-0.5 lg:overflow-visible lg:px-2 lg:py-3"
    >
      {views.map((view) => (
        <ViewButton
          key={view}
          icon={viewIcons[view]}
          label={viewLabels[view]}
          count={counts.data?.[view]}
          isHere={!filter.words && view === filter.view}
          onClick={() => setView(view)}
          shortcut={viewKeys[view]}
        />
      ))}
      <WordViews address={address} />
    </nav>
  )
}
