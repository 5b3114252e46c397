import Link from 'next/link'
import { cn } from '@/components/ui/cn'
import { views, type View } from '@/lib/inbox/schema'
import { inboxHref, type InboxAddress } from './inbox-address'
import { viewLabels } from './inbox-looks'

type Props = {
  readonly slug: string
  readonly address: InboxAddress
  readonly counts: Readonly<Record<string, number>>
}

const countOf = (counts: Props['counts'], view: View): string => {
  const count = counts[view]
  if (!count) return ''
  return count >= 1_000 ? '1,000+' : String(count)
}

/** The lists there are, with how much is in each. */
export function ViewList({ slug, address, counts }: Props) {
  return (
    <nav aria-label="Views" className="flex gap-1 overflow-x-auto lg:flex-col lg:overflow-visible">
      {views.map((view) => (
        <Link
          key={view}
          href={inboxHref(slug, { view, search: '' })}
          aria-current={view === address.view ? 'page' : undefined}
          className={cn(
            'flex h-control shrink-0 items-center justify-between gap-2 rounded-control px-2.5 text-table font-medium text-text-2 transition-colors hover:bg-hover hover:text-text',
            view === address.view && 'bg-selected text-text hover:bg-selected',
          )}
        >
          {viewLabels[view]}
          <span className="text-meta tabular-nums text-text-3">{countOf(counts, view)}</span>
        </Link>
      ))}
    </nav>
  )
}
