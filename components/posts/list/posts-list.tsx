'use client'

import { Button, LinkButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorState } from '@/components/ui/error-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { Pagination } from '@/components/ui/pagination'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Pending, SkeletonRows } from '@/components/ui/skeleton'
import { paths } from '@/lib/core/paths'
import { postStates } from '@/lib/posts/schema'
import { Plus, Rows3, SearchX } from 'lucide-react'
import { useState } from 'react'
import { BulkBar } from '../calendar/bulk-bar'
import { CalendarFilters, type FilterAccount, type FilterProject } from '../calendar/calendar-filters'
import { PostActions, type Opened } from '../calendar/post-actions'
import type { Rights } from '../calendar/rights'
import { useMoves } from '../calendar/use-moves'
import { PostNews } from '../page/post-news'
import { PostsTable } from './posts-table'
import { usePosts, usePostsNews } from './use-posts'
import { filterQuery } from '../calendar/use-calendar-address'
import { PostFiles } from './post-files'
import { usePostsAddress } from './use-posts-address'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly accounts: readonly FilterAccount[]
  readonly projects: readonly FilterProject[]
  readonly rights: Rights
}

/** Every post, by what one looks for. */
export function PostsList({ workspace, timeZone, accounts, projects, rights }: Props) {
  const address = usePostsAddress()
  const refresh = usePostsNews(workspace)
  const posts = usePosts(workspace, address.filter, address.sort)
  const cards = posts.data?.pages.flatMap(({ items }) => items) ?? []
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [opened, setOpened] = useState<Opened>()
  const { moveTo } = useMoves({
    workspace,
    timeZone,
    refresh,
    onChooseAnother: (card, wallTime) => setOpened({ card, ask: 'move', wallTime }),
  })
  const select = (ids: readonly string[], on: boolean) => {
    const next = new Set(selected)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setSelected(next)
  }

  return (
    <Page>
      <PageHeader
        title="Posts"
        secondary={<PostFiles workspace={workspace} query={filterQuery(address.filter)} mayWrite={rights.write} />}
        action={
          rights.write ? (
            <LinkButton href={paths.compose(workspace)} variant="primary" icon={<Plus aria-hidden />}>
              New post
            </LinkButton>
          ) : undefined
        }
      />
      <div className="flex flex-col gap-3">
        <CalendarFilters
          address={address}
          label="Filter posts"
          states={postStates}
          accounts={accounts}
          projects={projects}
          aside={
            <SegmentedControl
              label="Order"
              value={address.sort}
              onChange={address.setSort}
              segments={[
                { value: 'newest', label: 'Newest' },
                { value: 'due', label: 'Due' },
              ]}
            />
          }
        />
        {posts.error && !posts.data ? (
          <ErrorState
            title="The posts could not be read"
            action={<Button onClick={() => void posts.refetch()}>Try again</Button>}
          >
            {posts.error.message}
          </ErrorState>
        ) : (
          <Pending pending={posts.isPending} skeleton={<SkeletonRows rows={10} label="Loading posts…" />}>
            {cards.length > 0 ? (
              <>
                <PostsTable
                  workspace={workspace}
                  timeZone={timeZone}
                  posts={cards}
                  selected={selected}
                  onSelect={select}
                  onMenu={(card, element) => setOpened({ card, ask: 'menu', element })}
                />
                <Pagination
                  next={posts.hasNextPage ? 'more' : null}
                  busy={posts.isFetchingNextPage}
                  onMore={() => void posts.fetchNextPage()}
                  shown={`${cards.length} ${cards.length === 1 ? 'post' : 'posts'}${posts.hasNextPage ? '' : ', that is all'}`}
                />
              </>
            ) : (
              <NoPosts
                workspace={workspace}
                isFiltered={address.isFiltered}
                isDue={address.sort === 'due'}
                mayWrite={rights.write}
                onClear={address.clearFilter}
              />
            )}
          </Pending>
        )}
      </div>
      {opened && (
        <PostActions
          opened={opened}
          workspace={workspace}
          timeZone={timeZone}
          rights={rights}
          refresh={refresh}
          onAsk={setOpened}
          onMove={moveTo}
          onSelect={(id) => select([id], !selected.has(id))}
        />
      )}
      {selected.size > 0 && (
        <BulkBar
          workspace={workspace}
          selected={selected}
          rights={rights}
          onDone={(left) => {
            setSelected(new Set(left))
            void refresh()
          }}
          onClear={() => setSelected(new Set())}
        />
      )}
      {posts.data && <PostNews cards={cards} />}
    </Page>
  )
}

type NoPostsProps = {
  readonly workspace: string
  readonly isFiltered: boolean
  readonly isDue: boolean
  readonly mayWrite: boolean
  readonly onClear: () => void
}

function NoPosts({ workspace, isFiltered, isDue, mayWrite, onClear }: NoPostsProps) {
  if (isFiltered)
    return (
      <EmptyState
        icon={<SearchX />}
        title="No post fits these filters"
        action={<Button onClick={onClear}>Clear filters</Button>}
      />
    )
  return (
    <EmptyState
      icon={<Rows3 />}
      title={isDue ? 'Posts that have a time will be here' : 'Every post of this workspace will be here'}
      description={
        isDue ? 'Drafts have none: they stand under “Newest”.' : 'Drafts, scheduled and published ones alike.'
      }
      action={mayWrite && <LinkButton href={paths.compose(workspace)}>Write a post</LinkButton>}
    />
  )
}
