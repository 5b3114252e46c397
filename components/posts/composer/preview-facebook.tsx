import { Globe, MessageSquare, Share2, ThumbsUp } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewCard } from './preview-card'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment?: Shown['runs'] | undefined
}

const actions = [
  [ThumbsUp, 'Like'],
  [MessageSquare, 'Comment'],
  [Share2, 'Share'],
] as const
const link = 'text-[#0b63ce] dark:text-[#5aa7ff]'

/** As in Facebook's feed: words first, media to the edges, comments below. */
export function PreviewFacebook({ account: { displayName, avatarUrl }, posts, comment }: Props) {
  const [post] = posts
  if (!post) return null
  return (
    <div className="overflow-hidden rounded-card border bg-[oklch(100%_0_0)] text-[0.9375rem] dark:bg-[#242526]">
      <div className="flex items-center gap-2 px-3 pt-3">
        <Avatar name={displayName} src={avatarUrl} decorative className="[&>span]:size-10" />
        <div className="flex min-w-0 flex-col leading-tight">
          <span className="truncate font-semibold">{displayName}</span>
          <span className="flex items-center gap-1 text-meta text-text-3">
            Now · <Globe aria-hidden className="size-3" />
          </span>
        </div>
      </div>
      <PreviewText runs={post.runs} className="px-3 py-2" linkClassName={link} />
      <PreviewMedia media={post.media} className="mt-1" />
      {post.link && <PreviewCard link={post.link} layout="below" className="mt-1 border-y bg-sunken" />}
      <div aria-hidden className="flex justify-around px-3 py-2 text-meta font-medium text-text-3">
        {actions.map(([Icon, label]) => (
          <span key={label} className="flex items-center gap-1">
            <Icon className="size-4" />
            {label}
          </span>
        ))}
      </div>
      {comment && (
        <div className="flex gap-2 px-3 pb-3">
          <Avatar name={displayName} src={avatarUrl} decorative />
          <div className="min-w-0 rounded-dialog bg-sunken px-3 py-1.5">
            <p className="text-meta font-semibold">{displayName}</p>
            <PreviewText runs={comment} className="text-table" linkClassName={link} />
          </div>
        </div>
      )}
    </div>
  )
}
