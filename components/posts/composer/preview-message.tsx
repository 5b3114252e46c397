import { Avatar } from '@/components/ui/avatar'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewPoll } from './preview-poll'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  /** Here it is one more message, the last. */
  readonly comment?: Shown['runs'] | undefined
}

/** As in a channel or a chat: bubbles below each other, media above the words. */
export function PreviewMessage({ account: { displayName, avatarUrl }, posts, comment }: Props) {
  const all: readonly Shown[] = comment ? [...posts, { runs: comment, media: [] }] : posts
  return (
    <div className="flex gap-2 rounded-card border bg-sunken p-3">
      <Avatar name={displayName} src={avatarUrl} decorative />
      <ol className="flex min-w-0 flex-1 flex-col gap-1.5">
        {all.map((post, place) => (
          // Messages are told apart by their places alone.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={place} className="max-w-[26rem] overflow-hidden rounded-dialog border bg-surface text-body">
            {place === 0 && (
              <p className="truncate px-3 pt-2 text-table font-semibold text-accent-text">{displayName}</p>
            )}
            <PreviewMedia media={post.media} className="mt-1.5" />
            {post.title && <p className="px-3 pt-1.5 font-semibold [overflow-wrap:anywhere]">{post.title}</p>}
            <PreviewText runs={post.runs} className="px-3 py-1.5" linkClassName="text-accent-text" />
            <PreviewPoll poll={post.poll} className="px-3 pb-2" />
            {post.link && <PreviewCard link={post.link} layout="below" className="m-2 rounded-card border" />}
            <p aria-hidden className="px-3 pb-1.5 text-right text-meta text-text-3">
              now
            </p>
          </li>
        ))}
      </ol>
    </div>
  )
}
