'use client'

import { Avatar } from '@/components/ui/avatar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { FilterBar } from '@/components/ui/filter-bar'
import { Input } from '@/components/ui/input'
import { NetworkGlyph, type GlyphName } from '@/components/ui/network-glyph'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { Select } from '@/components/ui/select'
import { Pending, SkeletonRows } from '@/components/ui/skeleton'
import { StatusBadge } from '@/components/ui/status-badge'
import { Cell, Column, Row, RowLink, Table, TableBody, TableHead } from '@/components/ui/table'
import { RelativeTime } from '@/components/ui/time'
import { leadStages, type ContactCard } from '@/lib/contacts/schema'
import { paths } from '@/lib/core/paths'
import { ContactRound, Search, SearchX, X } from 'lucide-react'
import { stageLooks } from './contact-looks'
import { useContacts, useContactsAddress } from './use-contacts'

type Props = { readonly workspace: string; readonly timeZone: string; readonly tags: readonly string[] }

const any = 'any'

/** Everybody who wrote to us or about us. */
export function ContactsList({ workspace, timeZone, tags }: Props) {
  const { filter, setFilter, isNarrowed, clearFilter } = useContactsAddress()
  const contacts = useContacts(workspace, filter)
  const cards = contacts.data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Page>
      <PageHeader title="Contacts" />
      <div className="flex flex-col gap-3">
        <FilterBar
          label="Filter contacts"
          clear={
            isNarrowed && (
              <Button variant="ghost" icon={<X aria-hidden />} onClick={clearFilter}>
                Clear
              </Button>
            )
          }
        >
          <Input
            type="search"
            aria-label="Search contacts by name or handle"
            placeholder="Name or handle"
            icon={<Search />}
            value={filter.search}
            onChange={({ target }) => setFilter({ search: target.value })}
            className="w-full sm:w-56"
          />
          <Select
            aria-label="Lead stage"
            className="w-36"
            value={filter.stage ?? any}
            options={[
              { value: any, label: 'Any stage' },
              ...leadStages.map((stage) => ({ value: stage, label: stageLooks[stage].label })),
            ]}
            onChange={(stage) => setFilter({ stage: stage === any ? null : stage })}
          />
          {tags.length > 0 && (
            <Select
              aria-label="Tag"
              className="w-36"
              value={filter.tag ?? any}
              options={[{ value: any, label: 'Any tag' }, ...tags.map((tag) => ({ value: tag, label: tag }))]}
              onChange={(tag) => setFilter({ tag: tag === any ? null : tag })}
            />
          )}
        </FilterBar>
        {contacts.error && !contacts.data ? (
          <ErrorState
            title="The contacts could not be read"
            action={<Button onClick={() => void contacts.refetch()}>Try again</Button>}
          >
            {contacts.error.message}
          </ErrorState>
        ) : (
          <Pending pending={contacts.isPending} skeleton={<SkeletonRows rows={10} label="Loading contacts…" />}>
            {cards.length > 0 ? (
              <>
                <ContactsTable workspace={workspace} timeZone={timeZone} contacts={cards} />
                <Pagination
                  next={contacts.hasNextPage ? 'more' : null}
                  busy={contacts.isFetchingNextPage}
                  onMore={() => void contacts.fetchNextPage()}
                  shown={`${cards.length} ${cards.length === 1 ? 'contact' : 'contacts'}${contacts.hasNextPage ? '' : ', that is all'}`}
                />
              </>
            ) : isNarrowed ? (
              <EmptyState
                icon={<SearchX />}
                title="Nobody fits"
                action={<Button onClick={clearFilter}>Clear search and filters</Button>}
              />
            ) : (
              <EmptyState
                icon={<ContactRound />}
                title="Everybody who writes to you will be here"
                description="Each person once, with all their networks, what was said, and what you note about them."
              />
            )}
          </Pending>
        )}
      </div>
    </Page>
  )
}

type TableProps = Omit<Props, 'tags'> & { readonly contacts: readonly ContactCard[] }

function ContactsTable({ workspace, timeZone, contacts }: TableProps) {
  return (
    <Table label="Contacts" className="table-fixed">
      <TableHead>
        <Column>Name</Column>
        <Column className="hidden w-28 sm:table-cell">Networks</Column>
        <Column className="w-32">Stage</Column>
        <Column className="hidden w-56 md:table-cell">Tags</Column>
        <Column numeric className="hidden w-32 lg:table-cell">
          Conversations
        </Column>
        <Column className="hidden w-36 sm:table-cell">Last seen</Column>
      </TableHead>
      <TableBody>
        {contacts.map((contact) => (
          <Row key={contact.id}>
            <Cell>
              <span className="flex min-w-0 items-center gap-2.5">
                <Avatar name={contact.name} src={contact.avatarUrl} size="small" decorative />
                <span className="flex min-w-0 flex-col">
                  <RowLink href={paths.contact(workspace, contact.id)} className="truncate">
                    {contact.name}
                  </RowLink>
                  <span className="truncate text-meta text-text-3 empty:hidden">
                    {contact.identities.flatMap(({ handle }) => (handle === contact.name ? [] : handle)).join(', ')}
                  </span>
                </span>
              </span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <span className="flex gap-1.5">
                {[...new Set(contact.identities.map(({ platform }) => platform))].map((platform) => (
                  // The column is written from PlatformName, and there is a mark for every one.
                  <NetworkGlyph key={platform} network={platform as GlyphName} />
                ))}
              </span>
            </Cell>
            <Cell>
              <StatusBadge state={contact.leadStage} looks={stageLooks} />
            </Cell>
            <Cell className="hidden md:table-cell">
              <span className="flex gap-1 overflow-hidden">
                {contact.tags.map((tag) => (
                  <Badge key={tag}>{tag}</Badge>
                ))}
              </span>
            </Cell>
            <Cell numeric className="hidden lg:table-cell">
              {contact.conversations}
            </Cell>
            <Cell className="hidden whitespace-nowrap text-text-2 sm:table-cell">
              <RelativeTime at={contact.lastSeenAt} zone={timeZone} />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}
