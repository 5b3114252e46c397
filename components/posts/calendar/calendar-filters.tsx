'use client'

import { Button } from '@/components/ui/button'
import { MenuCheck, MenuChoice } from '@/components/ui/dropdown-menu'
import { FilterBar } from '@/components/ui/filter-bar'
import { Input } from '@/components/ui/input'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Picker } from '@/components/ui/picker'
import { StatusIcon } from '@/components/ui/status-badge'
import { postStates, type PostState } from '@/lib/posts/schema'
import { Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { postLooks } from '../post-looks'
import type { CalendarAddress, CalendarFilter } from './use-calendar-address'

export type FilterAccount = {
  readonly id: string
  readonly platform: string
  readonly platformLabel: string
  readonly displayName: string
  readonly handle: string
}
export type FilterProject = { readonly id: string; readonly name: string }

/** What of posts is shown, and how that is changed. */
type FilterAddress = Pick<CalendarAddress, 'filter' | 'setFilter' | 'isFiltered' | 'clearFilter'>

type Props = {
  readonly address: FilterAddress
  readonly label?: string
  /** Those that can be chosen: drafts have no time, so a calendar has none. */
  readonly states?: readonly PostState[]
  /** At the right: an order, a switch. */
  readonly aside?: ReactNode
  readonly accounts: readonly FilterAccount[]
  readonly projects: readonly FilterProject[]
}

const toggled = <T,>(list: readonly T[], one: T): readonly T[] =>
  list.includes(one) ? list.filter((each) => each !== one) : [...list, one]

const timed = postStates.filter((state) => state !== 'draft')

/** What of the calendar is shown. All of it is in the address, so that a view can be sent to a colleague. */
export function CalendarFilters({
  address,
  label = 'Filter the calendar',
  states = timed,
  aside,
  accounts,
  projects,
}: Props) {
  const { filter, setFilter, isFiltered, clearFilter } = address
  const networks = [...new Map(accounts.map(({ platform, platformLabel }) => [platform, platformLabel]))]
  const project = projects.find(({ id }) => id === filter.project)
  return (
    <FilterBar
      label={label}
      aside={aside}
      // On phones one row, wound sideways, leaves the height to the posts.
      className="max-md:-mx-4 max-md:flex-nowrap max-md:overflow-x-auto max-md:px-4 max-md:py-0.5 max-md:[scrollbar-width:none]"
      clear={
        isFiltered && (
          <Button variant="ghost" icon={<X aria-hidden />} onClick={clearFilter}>
            Clear
          </Button>
        )
      }
    >
      <SearchField filter={filter} setFilter={setFilter} />
      {projects.length > 0 && (
        <Picker label={project?.name ?? 'Project'} count={0}>
          <MenuChoice
            label="Project"
            value={filter.project ?? 'all'}
            choices={[
              { value: 'all', label: 'All projects' },
              ...projects.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(id) => setFilter({ project: id === 'all' ? null : id })}
          />
        </Picker>
      )}
      <Picker label="State" count={filter.states.length}>
        {states.map((state) => (
          <MenuCheck
            key={state}
            checked={filter.states.includes(state)}
            onChange={() => setFilter({ states: toggled(filter.states, state) })}
            icon={<StatusIcon state={state} looks={{ ...postLooks, [state]: { ...postLooks[state], label: '' } }} />}
          >
            {postLooks[state].label}
          </MenuCheck>
        ))}
      </Picker>
      {networks.length > 1 && (
        <Picker label="Network" count={filter.networks.length}>
          {networks.map(([platform, label]) => (
            <MenuCheck
              key={platform}
              checked={filter.networks.includes(platform)}
              onChange={() => setFilter({ networks: toggled(filter.networks, platform) })}
              // The column holds PlatformName, and there is a mark for every one.
              icon={<NetworkGlyph network={platform as GlyphName} decorative />}
            >
              {label}
            </MenuCheck>
          ))}
        </Picker>
      )}
      {accounts.length > 1 && (
        <Picker label="Account" count={filter.accounts.length}>
          {accounts.map(({ id, platform, displayName, handle }) => (
            <MenuCheck
              key={id}
              checked={filter.accounts.includes(id)}
              onChange={() => setFilter({ accounts: toggled(filter.accounts, id) })}
              icon={<NetworkGlyph network={platform as GlyphName} />}
            >
              <span className="flex min-w-0 flex-col">
                <span className="truncate">{displayName}</span>
                <span className="truncate text-meta text-text-3">{handle}</span>
              </span>
            </MenuCheck>
          ))}
        </Picker>
      )}
    </FilterBar>
  )
}

const pauseMs = 250

function SearchField({
  filter,
  setFilter,
}: {
  readonly filter: CalendarFilter
  readonly setFilter: CalendarAddress['setFilter']
}) {
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
      type="search"
      aria-label="Search posts by their first words"
      placeholder="Search"
      icon={<Search />}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
      className="w-44 shrink-0"
    />
  )
}
