'use client'

import { Button, LinkButton } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { EmptyState } from '@/components/ui/empty-state'
import { paths } from '@/lib/core/paths'
import { CalendarDays, SearchX } from 'lucide-react'
import type { CalendarAddress } from './use-calendar-address'

type Props = {
  readonly address: CalendarAddress
  readonly workspace: string
  readonly hasAccounts: boolean
  readonly draftCount: number
  readonly mayWrite: boolean
  /** A draft is on its way to a time, which may be under this. */
  readonly isDragging: boolean
}

const units = { month: 'month', week: 'week', day: 'day', list: 'week' } as const

/** Over a calendar without posts. Times can still be pressed beside it. */
export function CalendarEmpty({ address, workspace, hasAccounts, draftCount, mayWrite, isDragging }: Props) {
  const { view, isFiltered, clearFilter, setDraftsOpen } = address
  const unit = units[view]
  const state = isFiltered ? (
    <EmptyState
      icon={<SearchX />}
      title={`No post of this ${unit} fits these filters`}
      action={<Button onClick={clearFilter}>Clear filters</Button>}
      className="py-6"
    />
  ) : hasAccounts ? (
    <EmptyState
      icon={<CalendarDays />}
      title={`Nothing is planned for this ${unit}`}
      description={mayWrite ? 'Press a time to write a post for it, or drag a draft onto one.' : undefined}
      action={
        draftCount > 0 && !address.draftsOpen ? (
          <Button onClick={() => setDraftsOpen(true)}>Show drafts</Button>
        ) : (
          mayWrite && <LinkButton href={paths.compose(workspace)}>New post</LinkButton>
        )
      }
      className="py-6"
    />
  ) : (
    <EmptyState
      icon={<CalendarDays />}
      title="Posts of all your accounts will be here"
      description="Connect an account first; then write a post for it."
      action={<LinkButton href={paths.accounts(workspace)}>Connect an account</LinkButton>}
      className="py-6"
    />
  )
  return (
    <div
      className={cn(
        'pointer-events-none absolute inset-0 z-(--z-sticky) grid place-items-center p-4',
        isDragging && 'invisible',
      )}
    >
      <div className="pointer-events-auto rounded-card bg-surface shadow-float">{state}</div>
    </div>
  )
}
