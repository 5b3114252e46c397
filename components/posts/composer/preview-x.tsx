import { BarChart2, Bookmark, Heart, MessageCircle, Repeat2, Share } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { cn } from '@/components/ui/cn'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewPoll } from './preview-poll'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  /** Here it is one more reply, the last. */
  readonly comment?: Shown['runs'] | undefined
}

const actions = [MessageCircle, Repeat2, Heart, BarChart2, Bookmark, Share]

/** As on x.com: avatar at the left, a line from post to post of a thread. */
export function PreviewX({ account: { displayName, handle, avatarUrl }, posts, comment }: Props) {
  const all = comment ? [...posts, { runs: comment, media: [] }] : posts
  return (
    <ol className="rounded-dialog border bg-[oklch(100%_0_0)] p-3 text-[0.9375rem] dark:bg-[oklch(0%_0_0)]">
      {all.map((post, place) => (
        // A thread's posts are told apart by their places alone.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place} className="flex gap-2">
          <div className="flex flex-col items-center gap-1">
            <Avatar name={displayName} src={avatarUrl} decorative className="[&>span]:size-10" />
            {place < all.length - 1 && <span aria-hidden className="w-0.5 flex-1 bg-line" />}
          </div>
          <div className={cn('flex min-w-0 flex-1 flex-col gap-1', place < all.length - 1 && 'pb-4')}>
            <p className="flex min-w-0 gap-1 text-[0.9375rem] leading-snug">
              <span className="truncate font-bold">{displayName}</span>
              <span className="shrink-0 truncate text-text-3">{handle} · now</span>
            </p>
            <PreviewText runs={post.runs} linkClassName="text-[#1a6fb0] dark:text-[#4aa8f0]" />
            <PreviewPoll poll={post.poll} />
            <PreviewMedia media={post.media} className="mt-1 rounded-[16px] border" />
            {post.link && (
              <PreviewCard
                link={post.link}
                layout="over"
                className="mt-1 [&>div:first-child]:overflow-hidden [&>div:first-child]:rounded-[16px] [&>div:first-child]:border [&>p]:bg-transparent"
              />
            )}
            <span aria-hidden className="flex justify-between pt-1.5 text-text-3">
              {actions.map((Icon, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- a fixed row of pictures
                <Icon key={index} className="size-4" />
              ))}
            </span>
          </div>
        </li>
      ))}
    </ol>
  )
}
