'use client'

import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuCheck, MenuChoice } from '@/components/ui/dropdown-menu'
import { FilterBar } from '@/components/ui/filter-bar'
import { Input } from '@/components/ui/input'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { MediaShelves } from '@/lib/media/schema'
import { ChevronDown, LayoutGrid, Rows3, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import type { MediaAddress } from './use-media-address'

const kinds = [
  { value: 'all', label: 'All kinds' },
  { value: 'image', label: 'Pictures' },
  { value: 'gif', label: 'GIFs' },
  { value: 'video', label: 'Videos' },
  { value: 'document', label: 'Documents' },
] as const

type Props = { readonly address: MediaAddress; readonly tags: MediaShelves['tags']; readonly folders: ReactNode }

/** What of the library is shown. All of it is in the address, so that a view can be sent to a colleague. */
export function MediaFilters({ address, tags, folders }: Props) {
  const { filter, setFilter, isFiltered, clearFilter, view, setView } = address
  const kind = kinds.find(({ value }) => value === filter.kind)
  return (
    <FilterBar
      label="Filter media"
      // On a phone the switch stands beside the search: it would have a row of its own at the end.
      className="max-sm:[&>div:last-child]:-order-1"
      aside={
        <SegmentedControl
          label="View"
          value={view}
          onChange={setView}
          segments={[
            { value: 'grid', label: 'Grid', icon: <LayoutGrid />, iconOnly: true },
            { value: 'list', label: 'List', icon: <Rows3 />, iconOnly: true },
          ]}
        />
      }
      clear={
        isFiltered && (
          <Button variant="ghost" icon={<X aria-hidden />} onClick={clearFilter}>
            Clear
          </Button>
        )
      }
    >
      <SearchField value={filter.search} onChange={(search) => setFilter({ search })} />
      {folders}
      <Picker label={kind?.label ?? 'Kind'} isOn={filter.kind !== null}>
        <MenuChoice
          label="Kind"
          value={filter.kind ?? 'all'}
          choices={kinds}
          onChange={(value) => setFilter({ kind: value === 'all' ? null : value })}
        />
      </Picker>
      {(tags.length > 0 || filter.tag !== null) && (
        <Picker label={filter.tag ?? 'Tag'} isOn={filter.tag !== null}>
          <MenuChoice
            label="Tag"
            // No tag has a comma.
            value={filter.tag ?? ','}
            choices={[
              { value: ',', label: 'Any tag or none' },
              ...tags.map(({ tag, files }) => ({ value: tag, label: `${tag} (${files})` })),
            ]}
            onChange={(tag) => setFilter({ tag: tag === ',' ? null : tag })}
          />
        </Picker>
      )}
      <Picker
        label={[filter.unused && 'Not used', filter.duplicates && 'Duplicates'].filter(Boolean).join(', ') || 'More'}
        isOn={filter.unused || filter.duplicates}
      >
        <MenuCheck checked={filter.unused} onChange={(unused) => setFilter({ unused })}>
          Not used in any post
        </MenuCheck>
        <MenuCheck checked={filter.duplicates} onChange={(duplicates) => setFilter({ duplicates })}>
          Duplicates
        </MenuCheck>
      </Picker>
    </FilterBar>
  )
}

function Picker({
  label,
  isOn,
  children,
}: {
  readonly label: string
  readonly isOn: boolean
  readonly children: ReactNode
}) {
  return (
    <DropdownMenu
      align="start"
      className="w-56"
      trigger={
        <Button className={isOn ? 'bg-selected' : ''}>
          <span className="max-w-40 truncate">{label}</span>
          <ChevronDown aria-hidden className="text-text-3" />
        </Button>
      }
    >
      {children}
    </DropdownMenu>
  )
}

const pauseMs = 250

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (search: string) => void }) {
  const [typed, setTyped] = useState(value)
  const [last, setLast] = useState(value)
  // The address changed by itself: cleared, or by the browser's back button.
  if (value !== last) {
    setLast(value)
    if (value !== typed.trim()) setTyped(value)
  }
  const apply = useEffectEvent((search: string) => {
    if (search.trim() !== value) onChange(search.trim())
  })
  useEffect(() => {
    const timer = setTimeout(() => apply(typed), pauseMs)
    return () => clearTimeout(timer)
  }, [typed])
  return (
    <Input
      type="search"
      aria-label="Search names, descriptions and tags"
      placeholder="Search"
      icon={<Search />}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="grow basis-[calc(100%-7rem)] max-sm:-order-2 sm:w-52 sm:grow-0 sm:basis-auto"
    />
  )
}
