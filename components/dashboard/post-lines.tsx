import { StatusBadge } from '@/components/ui/status-badge'
import { LinkButton } from '@/components/ui/button'
import { ZonedTime } from '@/components/ui/time'
import { paths } from '@/lib/core/paths'
import type { PostCard } from '@/lib/posts/schema'
import { Glyphs } from '@/components/posts/calendar/calendar-event'
import { postLooks } from '@/components/posts/post-looks'
import { Link } from '@/components/ui/link'

type Props = {
  readonly label: string
  readonly workspace: string
  readonly timeZone: string
  readonly posts: readonly PostCard[]
  readonly count: number
  /** Where all of them are. */
  readonly all: string
}

/** The first few posts of a kind, one line each, and the way to the others. */
export function PostLines({ label, workspace, timeZone, posts, count, all }: Props) {
  return (
    <>
      <ul aria-label={label} className="flex flex-col divide-y border-y">
        {posts.map((post) => (
          <li
            key={post.id}
            className="relative flex min-h-row flex-wrap items-center gap-x-3 gap-y-1 px-2 py-1.5 text-table hover:bg-hover"
          >
            <Glyphs platforms={post.platforms} />
            <Link
              href={paths.post(workspace, post.id)}
              className="min-w-0 flex-1 basis-48 truncate rounded-control font-medium after:absolute after:inset-0 after:content-['']"
            >
              {post.excerpt || 'No text yet'}
            </Link>
            {post.publishAt && (
              <ZonedTime
                at={post.publishAt}
                zone={timeZone}
                pattern="EEE d MMM, HH:mm"
                zoneHidden
                className="text-text-2 tabular-nums"
              />
            )}
            <StatusBadge state={post.state} looks={postLooks} />
          </li>
        ))}
      </ul>
      {count > posts.length && (
        <LinkButton href={all} variant="ghost" size="small" className="self-start">
          All {count.toLocaleString('en-GB')}
        </LinkButton>
      )}
    </>
  )
}
