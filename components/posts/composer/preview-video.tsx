import { Heart, MessageCircle, Play, Share2 } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import { mediaUrl } from '@/lib/media/schema'
import type { TargetAccount } from '@/lib/posts/schema'
import { useDesk } from './composer-context'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment?: Shown['runs'] | undefined
}

/** As on a phone that is held upright: the film fills it, the words lie over its foot. */
export function PreviewTall({ account: { displayName, handle, avatarUrl }, posts }: Props) {
  const [post] = posts
  if (!post) return null
  return (
    <div className="relative mx-auto aspect-[9/16] w-full max-w-60 overflow-hidden rounded-dialog bg-[oklch(20%_0.01_265)] text-[oklch(100%_0_0)]">
      <Backdrop file={post.media[0]} />
      <div className="absolute inset-x-0 bottom-0 flex flex-col gap-1 bg-[linear-gradient(transparent,oklch(0%_0_0/0.8)_40%)] px-3 pt-10 pb-3">
        <p className="flex items-center gap-1.5 text-table font-semibold">
          <Avatar name={displayName} src={avatarUrl} decorative size="small" />
          <span className="truncate">{handle}</span>
        </p>
        {post.title && <p className="truncate text-table font-semibold">{post.title}</p>}
        <PreviewText runs={post.runs} className="line-clamp-3 pr-8 text-table" linkClassName="font-semibold" />
      </div>
      <span aria-hidden className="absolute right-2 bottom-16 flex flex-col items-center gap-4">
        <Heart className="size-6" />
        <MessageCircle className="size-6" />
        <Share2 className="size-6" />
      </span>
    </div>
  )
}

function Backdrop({ file }: { readonly file: Shown['media'][number] | undefined }) {
  const { workspace } = useDesk()
  if (!file)
    return <p className="grid size-full place-items-center text-table text-[oklch(80%_0_0)]">The video goes here.</p>
  if (file.card.kind === 'video')
    return (
      <span className="grid size-full place-items-center">
        <Play aria-label={`Video ${file.card.name}`} className="size-10 fill-current" />
      </span>
    )
  return (
    // Its size is that of our own thumbnails; next/image would store a second copy.
    // oxlint-disable-next-line nextjs/no-img-element
    <img src={mediaUrl(workspace, file.card.id, file.card.thumb)} alt={file.alt} className="size-full object-cover" />
  )
}

/** As on YouTube: the film, its title, then the channel and the description. */
export function PreviewWide({ account: { displayName, avatarUrl }, posts, comment }: Props) {
  const [post] = posts
  if (!post) return null
  return (
    <div className="overflow-hidden rounded-card border bg-surface text-body">
      {post.media.length > 0 ? (
        <PreviewMedia media={post.media.slice(0, 1)} />
      ) : (
        <p className="grid aspect-video place-items-center bg-sunken text-table text-text-3">The video goes here.</p>
      )}
      <div className="flex flex-col gap-2 p-3">
        <p className="text-lead font-semibold [overflow-wrap:anywhere]">{post.title ?? 'No title yet'}</p>
        <p className="flex items-center gap-2 font-medium">
          <Avatar name={displayName} src={avatarUrl} decorative />
          <span className="truncate">{displayName}</span>
        </p>
        {post.runs.length > 0 && (
          <div className="rounded-card bg-sunken px-3 py-2">
            <PreviewText runs={post.runs} className="line-clamp-4 text-table" linkClassName="text-accent-text" />
          </div>
        )}
        {comment && (
          <PreviewText
            runs={[{ text: `${displayName}: `, isLink: false }, ...comment]}
            className="text-table text-text-2"
            linkClassName="text-accent-text"
          />
        )}
      </div>
    </div>
  )
}
