import { Ellipsis, Heart, MessageSquare, Repeat2 } from 'lucide-react'
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

const actions = [MessageSquare, Repeat2, Heart, Ellipsis]

/** As in the Bluesky app: links shortened, cards with a title below the picture. */
export function PreviewBluesky({ account: { displayName, handle, avatarUrl }, posts, comment }: Props) {
  const all = comment ? [...posts, { runs: comment, media: [] }] : posts
  return (
    <ol className="rounded-card border bg-[oklch(100%_0_0)] p-3 text-[0.9375rem] dark:bg-[#151d28]">
      {all.map((post, place) => (
        // A thread's posts are told apart by their places alone.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place} className="flex gap-2.5">
          <div className="flex flex-col items-center gap-1">
            <Avatar name={displayName} src={avatarUrl} decorative className="[&>span]:size-10" />
            {place < all.length - 1 && <span aria-hidden className="w-0.5 flex-1 bg-line" />}
          </div>
          <div className={cn('flex min-w-0 flex-1 flex-col gap-1.5', place < all.length - 1 && 'pb-4')}>
            <p className="flex min-w-0 gap-1 leading-snug">
              <span className="truncate font-semibold">{displayName}</span>
              <span className="truncate text-text-3">{handle} · now</span>
            </p>
            <PreviewText runs={post.runs} linkClassName="text-[#0b66c3] dark:text-[#4ba3ff]" />
            <PreviewPoll poll={post.poll} />
            <PreviewMedia media={post.media} className="rounded-dialog border" />
            {post.link && <PreviewCard link={post.link} layout="below" className="rounded-dialog border" />}
            <span aria-hidden className="flex max-w-72 justify-between pt-1 text-text-3">
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
