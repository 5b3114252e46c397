'use client'

import { BookOpen } from 'lucide-react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { Section } from '@/components/ui/page'
import { useAct } from '@/components/workspace/use-act'
import { deleteKnowledgeAction } from '@/lib/ai/actions'
import type { KnowledgeCard } from '@/lib/ai/schema'
import { KnowledgeDialog } from './knowledge-dialog'

type Props = { readonly slug: string; readonly entries: readonly KnowledgeCard[] }

/** What is true of us: the only facts that a draft may state. */
export function KnowledgeList({ slug, entries }: Props) {
  const act = useAct()
  return (
    <Section
      title="Knowledge base"
      description="Drafts take facts from here alone. A number, price, date, link or promise that stands nowhere here is pointed out."
      action={<KnowledgeDialog slug={slug} trigger={<Button>Add entry</Button>} />}
    >
      {entries.length === 0 ? (
        <EmptyState
          icon={<BookOpen />}
          title="Nothing is known yet"
          description="Begin with what people ask most: delivery, returns, opening hours."
        />
      ) : (
        <ul aria-label="Entries" className="flex flex-col divide-y">
          {entries.map((entry) => (
            <li key={entry.id} className="flex items-start justify-between gap-4 py-3">
              <div className="flex min-w-0 flex-col gap-1">
                <span className="flex flex-wrap items-center gap-2 text-body font-medium">
                  {entry.title}
                  {entry.answer && <Badge>saved answer</Badge>}
                </span>
                <span className="line-clamp-2 text-table text-text-2">{entry.body}</span>
                {entry.answer && (
                  <span className="text-meta text-text-3">When somebody says: {entry.whenSaid.join(', ')}</span>
                )}
              </div>
              <span className="flex shrink-0">
                <KnowledgeDialog
                  slug={slug}
                  entry={entry}
                  trigger={
                    <Button size="small" variant="ghost" aria-label={`Edit ${entry.title}`}>
                      Edit
                    </Button>
                  }
                />
                <Button
                  size="small"
                  variant="ghost"
                  aria-label={`Delete ${entry.title}`}
                  onClick={() =>
                    void act(deleteKnowledgeAction(slug, { entryId: entry.id }), `“${entry.title}” is deleted`)
                  }
                >
                  Delete
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
