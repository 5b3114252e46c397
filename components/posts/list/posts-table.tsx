'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { IconButton } from '@/components/ui/icon-button'
import { StatusBadge } from '@/components/ui/status-badge'
import { Cell, Column, Row, RowLink, Table, TableBody, TableHead } from '@/components/ui/table'
import { ZonedTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import type { PostCard } from '@/lib/posts/schema'
import { Ellipsis, Images, Repeat } from 'lucide-react'
import { Glyphs } from '../calendar/calendar-event'
import { postLooks } from '../post-looks'

type Props = {
  readonly workspace: string
  readonly timeZone: string
  readonly posts: readonly PostCard[]
  readonly selected: ReadonlySet<string>
  readonly onSelect: (ids: readonly string[], on: boolean) => void
  readonly onMenu: (card: PostCard, element: HTMLElement) => void
}

const nameOf = ({ excerpt }: PostCard) => excerpt.slice(0, 40) || 'a post without text'

/** Posts as rows: what they say, where they go, when, and how they stand. */
export function PostsTable({ workspace, timeZone, posts, selected, onSelect, onMenu }: Props) {
  const chosen = posts.filter(({ id }) => selected.has(id)).length
  const some = chosen > 0 && chosen < posts.length
  return (
    <Table label="Posts" className="table-fixed">
      <TableHead>
        <Column className="w-9 touch:w-12">
          <Checkbox
            aria-label="Select all that are shown"
            checked={some ? 'indeterminate' : posts.length > 0 && chosen === posts.length}
            onCheckedChange={(on) =>
              onSelect(
                posts.map(({ id }) => id),
                on === true,
              )
            }
          />
        </Column>
        <Column>Post</Column>
        <Column className="hidden w-24 md:table-cell">Networks</Column>
        <Column className="hidden w-44 sm:table-cell">Due</Column>
        <Column className="hidden w-40 sm:table-cell">State</Column>
        <Column className="w-12 touch:w-14">
          <span className="sr-only">Actions</span>
        </Column>
      </TableHead>
      <TableBody>
        {posts.map((post) => (
          <Row key={post.id} selected={selected.has(post.id)}>
            <Cell>
              <span className="relative z-(--z-sticky) grid">
                <Checkbox
                  aria-label={`Select “${nameOf(post)}”`}
                  checked={selected.has(post.id)}
                  onCheckedChange={(on) => onSelect([post.id], on === true)}
                />
              </span>
            </Cell>
            <Cell>
              <span className="flex min-w-0 items-center gap-2">
                <RowLink href={paths.post(workspace, post.id)} className="truncate">
                  {post.excerpt || 'No text yet'}
                </RowLink>
                {post.series === 'repeats' && <Repeat aria-label="Repeats" className="size-3.5 shrink-0 text-text-3" />}
                {post.mediaCount > 0 && <Images aria-label="With media" className="size-3.5 shrink-0 text-text-3" />}
              </span>
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1 pt-1 sm:hidden">
                <Glyphs platforms={post.platforms} />
                <StatusBadge state={post.state} looks={postLooks} />
                <Due post={post} timeZone={timeZone} />
              </span>
            </Cell>
            <Cell className="hidden md:table-cell">
              <Glyphs platforms={post.platforms} />
            </Cell>
            <Cell className="hidden whitespace-nowrap sm:table-cell">
              <Due post={post} timeZone={timeZone} />
            </Cell>
            <Cell className="hidden sm:table-cell">
              <StatusBadge state={post.state} looks={postLooks} />
            </Cell>
            <Cell>
              <IconButton
                size="small"
                label={`Actions for “${nameOf(post)}”`}
                icon={<Ellipsis />}
                aria-haspopup="menu"
                onClick={({ currentTarget }) => onMenu(post, currentTarget)}
                className="relative z-(--z-sticky)"
              />
            </Cell>
          </Row>
        ))}
      </TableBody>
    </Table>
  )
}

function Due({ post: { publishAt }, timeZone }: { readonly post: PostCard; readonly timeZone: string }) {
  return publishAt ? (
    <ZonedTime
      at={publishAt}
      zone={timeZone}
      pattern="EEE d MMM yyyy, HH:mm"
      zoneHidden
      className="text-text-2 tabular-nums"
    />
  ) : (
    <span className="text-text-3">No time yet</span>
  )
}
