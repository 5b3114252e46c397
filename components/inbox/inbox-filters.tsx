'use client'

import { Button } from '@/components/ui/button'
import { DropdownMenu, MenuCheck, MenuChoice, MenuLabel, MenuSeparator } from '@/components/ui/dropdown-menu'
import { IconButton } from '@/components/ui/icon-button'
import { Input } from '@/components/ui/input'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { incomingKinds } from '@/lib/inbox/schema'
import { ListFilter, Search, X } from 'lucide-react'
import { useEffect, useEffectEvent, useState, type Ref } from 'react'
import { LabelDot } from '@/components/routing/label-dot'
import { kindLabel } from './inbox-looks'
import { useLabels } from './use-inbox'
import { useInboxPlace } from './inbox-context'
import type { InboxAddress } from './use-inbox-address'

const pauseMs = 250
const any = 'any'

type Props = { readonly address: InboxAddress; readonly searchRef: Ref<HTMLInputElement> }

/** What of a list is shown, and in which order. */
export function InboxFilters({ address, searchRef }: Props) {
  const { workspace, accounts, members, teams, dispositions, me } = useInboxPlace()
  const labels = useLabels(workspace).data ?? []
  const { filter, setFilter, isNarrowed, clearFilter } = address
  const others =
    Number(filter.accounts.length > 0) +
    Number(filter.labels.length > 0) +
    Number(Boolean(filter.kind)) +
    Number(Boolean(filter.feeling)) +
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
        <MenuChoice
          label="Order"
          value={filter.sort}
          choices={[
            { value: 'newest', label: 'Newest first' },
            { value: 'priority', label: 'Most urgent first' },
          ]}
          onChange={(sort) => setFilter({ sort })}
        />
        <MenuSeparator />
        <MenuChoice
          label="Kind"
          value={filter.kind ?? any}
          choices={[
            { value: any, label: 'Any kind' },
            ...incomingKinds.map((kind) => ({ value: kind, label: kindLabel(kind) })),
          ]}
          onChange={(kind) => setFilter({ kind: kind === any ? null : kind })}
        />
        <MenuSeparator />
        <MenuChoice
          label="Feeling"
          value={filter.feeling ?? any}
          choices={[
            { value: any, label: 'Any feeling' },
            { value: 'negative', label: 'Negative' },
            { value: 'neutral', label: 'Neutral' },
            { value: 'positive', label: 'Positive' },
          ]}
          onChange={(feeling) => setFilter({ feeling: feeling === any ? null : feeling })}
        />
        <MenuSeparator />
        <MenuChoice
          label="Assigned to"
          value={filter.assignee ?? filter.team ?? any}
          choices={[
            { value: any, label: 'Anybody' },
            ...members.map(({ id, name }) => ({ value: id, label: id === me ? `${name} (you)` : name })),
            ...teams.map(({ id, name }) => ({ value: id, label: `Team ${name}` })),
          ]}
          onChange={(to) =>
            setFilter({
              assignee: members.some(({ id }) => id === to) ? to : null,
              team: teams.some(({ id }) => id === to) ? to : null,
            })
          }
        />
        <MenuSeparator />
        <MenuChoice
          label="Ended as"
          value={filter.disposition ?? any}
          choices={[
            { value: any, label: 'Whatever the reason' },
            ...[...new Set([...dispositions.names, ...(filter.disposition ? [filter.disposition] : [])])].map(
              (name) => ({ value: name, label: name }),
            ),
          ]}
          onChange={(disposition) =>
            disposition === any ? setFilter({ disposition: null }) : address.showDisposition(disposition)
          }
        />
        {labels.length > 0 && (
          <>
            <MenuSeparator />
            <MenuLabel>Label</MenuLabel>
            {labels.map(({ id, name, colour }) => (
              <MenuCheck
                key={id}
                checked={filter.labels.includes(id)}
                onChange={(on) =>
                  setFilter({ labels: on ? [...filter.labels, id] : filter.labels.filter((each) => each !== id) })
                }
                icon={<LabelDot colour={colour} />}
              >
                {name}
              </MenuCheck>
            ))}
          </>
        )}
        {accounts.length > 1 && (
          <>
            <MenuSeparator />
            <MenuLabel>Account</MenuLabel>
            {accounts.map(({ id, platform, handle }) => (
              <MenuCheck
                key={id}
                checked={filter.accounts.includes(id)}
                onChange={(on) =>
                  setFilter({ accounts: on ? [...filter.accounts, id] : filter.accounts.filter((each) => each !== id) })
                }
                // The column holds PlatformName, and there is a mark for every one.
                icon={<NetworkGlyph network={platform as GlyphName} />}
              >
                <span className="truncate">{handle}</span>
              </MenuCheck>
            ))}
          </>
        )}
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
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
      className="min-w-0 flex-1"
    />
  )
}
