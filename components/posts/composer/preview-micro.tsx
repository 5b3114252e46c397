import { Heart, MessageCircle, Repeat2, Send } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { cn } from '@/components/ui/cn'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewPoll } from './preview-poll'
import { PreviewText } from './preview-text'
import { optionsOf } from './draft'
import { useDesk } from './composer-context'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  /** Here it is one more reply, the last. */
  readonly comment?: Shown['runs'] | undefined
}

const actions = [MessageCircle, Repeat2, Heart, Send]

/** As on Threads and Mastodon: short posts below each other, a content warning above the words. */
export function PreviewMicro({ account, posts, comment }: Props) {
  const { draft } = useDesk()
  const { displayName, handle, avatarUrl } = account
  const all = comment ? [...posts, { runs: comment, media: [] }] : posts
  // The name that Mastodon's own API has for it.
  const warning = optionsOf(draft, account.id).spoiler_text ?? optionsOf(draft, account.id).warning
  return (
    <ol className="rounded-card border bg-surface p-3 text-[0.9375rem]">
      {all.map((post, place) => (
        // A thread's posts are told apart by their places alone.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={place} className="flex gap-2.5">
          <div className="flex flex-col items-center gap-1">
            <Avatar name={displayName} src={avatarUrl} decorative className="[&>span]:size-9" />
            {place < all.length - 1 && <span aria-hidden className="w-0.5 flex-1 bg-line" />}
          </div>
          <div className={cn('flex min-w-0 flex-1 flex-col gap-1.5', place < all.length - 1 && 'pb-4')}>
            <p className="flex min-w-0 gap-1 leading-snug">
              <span className="truncate font-semibold">{displayName}</span>
              <span className="truncate text-text-3">{handle} · now</span>
            </p>
            {place === 0 && typeof warning === 'string' && (
              <p className="rounded-control bg-sunken px-2 py-1 text-table font-medium">{warning}</p>
            )}
            <PreviewText runs={post.runs} linkClassName="text-accent-text" />
            <PreviewPoll poll={post.poll} />
            <PreviewMedia media={post.media} className="rounded-card border" />
            {post.link && <PreviewCard link={post.link} layout="below" className="rounded-card border" />}
            <span aria-hidden className="flex max-w-56 justify-between pt-1 text-text-3">
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
