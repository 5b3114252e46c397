import { ArrowBigDown, ArrowBigUp, MessageSquare } from 'lucide-react'
import type { TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { optionsOf } from './draft'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewPoll } from './preview-poll'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment?: Shown['runs'] | undefined
}

/** As on Reddit: the place, the title, then what there is; votes below. */
export function PreviewForum({ account, posts, comment }: Props) {
  const { draft } = useDesk()
  const [post] = posts
  if (!post) return null
  const { subreddit } = optionsOf(draft, account.id)
  const place = typeof subreddit === 'string' && subreddit ? `r/${subreddit.replace(/^r\//, '')}` : 'No subreddit yet'
  return (
    <div className="flex flex-col gap-2 rounded-card border bg-surface p-3 text-body">
      <p className="truncate text-meta text-text-3">
        <span className="font-semibold text-text-2">{place}</span> · {account.handle} · now
      </p>
      <p className="text-lead font-semibold [overflow-wrap:anywhere]">{post.title ?? 'No title yet'}</p>
      <PreviewText runs={post.runs} className="line-clamp-6 text-table" linkClassName="text-accent-text" />
      <PreviewPoll poll={post.poll} />
      <PreviewMedia media={post.media} className="rounded-card border" />
      {post.link && <PreviewCard link={post.link} layout="below" className="rounded-card border" />}
      <span aria-hidden className="flex items-center gap-2 text-meta text-text-3">
        <ArrowBigUp className="size-5" />
        Vote
        <ArrowBigDown className="size-5" />
        <MessageSquare className="ml-2 size-4" />
        Comments
      </span>
      {comment && (
        <PreviewText
          runs={[{ text: `${account.handle}: `, isLink: false }, ...comment]}
          className="border-l-2 pl-3 text-table"
          linkClassName="text-accent-text"
        />
      )}
    </div>
  )
}
