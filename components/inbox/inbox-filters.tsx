'use client'

import { Button } from '@/components/ui/button'
import { DropdownMenu } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { ListFilter, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type Ref } from 'react'
import { FilterMenu } from './filter-menu'
import { toList } from './go-to-row'
import type { InboxAddress } from './use-inbox-address'

const pauseMs = 250

type Props = { readonly address: InboxAddress; readonly searchRef: Ref<HTMLInputElement> }

/** What of a list is shown, and in which order. */
export function InboxFilters({ address, searchRef }: Props) {
  const { filter, isNarrowed, clearFilter } = address
  const others =
    Number(filter.accounts.length > 0) +
    Number(filter.labels.length > 0) +
    Number(Boolean(filter.kind)) +
    Number(Boolean(filter.feeling)) +
    Number(Boolean(filter.intent)) +
    Number(Boolean(filter.sla)) +
    Number(Boolean(filter.unanswered)) +
    Number(Boolean(filter.project)) +
    Number(Boolean(filter.network)) +
    Number(Boolean(filter.alike)) +
    Number(Boolean(filter.disposition)) +
    Number(Boolean(filter.assignee ?? filter.team))
  return (
    <search aria-label="Search and filter the inbox" className="flex items-center gap-2">
      <SearchField address={address} searchRef={searchRef} />
      <DropdownMenu
        className="w-64"
        trigger={
          <Button icon={<ListFilter aria-hidden />} className={others > 0 ? 'bg-selected px-2.5' : 'px-2.5'}>
            <span className="sr-only">Filter and order</span>
            {others > 0 && <span className="tabular-nums">{others}</span>}
          </Button>
        }
      >
        <FilterMenu address={address} />
      </DropdownMenu>
      {isNarrowed && <IconButton label="Clear search and filters" icon={<X />} onClick={clearFilter} />}
    </search>
  )
}

function SearchField({ address: { filter, setFilter }, searchRef }: Props) {
  const [typed, setTyped] = useState(filter.search)
  const [last, setLast] = useState(filter.search)
  // The address changed by itself: cleared, or by the browser's back button.
  if (filter.search !== last) {
    setLast(filter.search)
    if (filter.search !== typed.trim()) setTyped(filter.search)
  }
  const apply = useEffectEvent((search: string) => {
    if (search.trim() !== filter.search) setFilter({ search: search.trim() })
  })
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      ref={searchRef}
      type="search"
      aria-label="Search the inbox"
      placeholder="Search words or people"
      icon={<Search />}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') toList(event.currentTarget)
      }}
      // The button beside it clears it; the browser's own would be a second one of the same look.
      className="min-w-0 flex-1 [&_input::-webkit-search-cancel-button]:hidden"
    />
  )
}
