import { Bookmark, Heart, MessageCircle, Send } from 'lucide-react'
import { Avatar } from '@/components/ui/avatar'
import type { TargetAccount } from '@/lib/posts/schema'
import { PreviewMedia } from './preview-media'
import type { Shown } from './preview-parts'
import { PreviewText } from './preview-text'

type Props = {
  readonly account: TargetAccount
  readonly posts: readonly Shown[]
  readonly comment?: Shown['runs'] | undefined
}

/** Where a picture is still missing. */
function NoPicture({ words }: { readonly words: string }) {
  return <p className="grid aspect-square place-items-center bg-sunken text-table text-text-3">{words}</p>
}

/** As in Instagram's feed: the picture first, several as a row of dots, the caption with the name before it. */
export function PreviewPicture({ account: { displayName, handle, avatarUrl }, posts, comment }: Props) {
  const [post] = posts
  if (!post) return null
  const { media } = post
  const name = handle.replace(/^@/, '')
  return (
    <div className="overflow-hidden rounded-card border bg-surface text-body">
      <p className="flex items-center gap-2 px-3 py-2 font-semibold">
        <Avatar name={displayName} src={avatarUrl} decorative />
        <span className="truncate">{name}</span>
      </p>
      {media.length > 0 ? <PreviewMedia media={media.slice(0, 1)} /> : <NoPicture words="The picture goes here." />}
      {media.length > 1 && (
        <p className="flex items-center justify-center gap-1 pt-2">
          <span className="sr-only">{media.length} pictures, the first is shown</span>
          {media.map(({ card }, place) => (
            <span
              key={card.id}
              aria-hidden
              className={`size-1.5 rounded-full ${place === 0 ? 'bg-accent' : 'bg-line-strong'}`}
            />
          ))}
        </p>
      )}
      <span aria-hidden className="flex gap-3 px-3 pt-2">
        <Heart className="size-5" />
        <MessageCircle className="size-5" />
        <Send className="size-5" />
        <Bookmark className="ml-auto size-5" />
      </span>
      <div className="flex flex-col gap-1 px-3 py-2">
        {post.runs.length > 0 && (
          <PreviewText
            runs={[{ text: `${name} `, isLink: false }, ...post.runs]}
            linkClassName="text-[#2b54a8] dark:text-[#a9c6ff]"
          />
        )}
        {comment && (
          <PreviewText
            runs={[{ text: `${name} `, isLink: false }, ...comment]}
            className="text-table text-text-2"
            linkClassName="text-[#2b54a8] dark:text-[#a9c6ff]"
          />
        )}
      </div>
    </div>
  )
}

/** As on a Pinterest board: a rounded picture with its title and words below. */
export function PreviewPin({ account: { displayName, avatarUrl }, posts }: Props) {
  const [post] = posts
  if (!post) return null
  return (
    <div className="mx-auto w-full max-w-64 text-body">
      <div className="overflow-hidden rounded-[16px] border">
        {post.media.length > 0 ? (
          <PreviewMedia media={post.media.slice(0, 1)} />
        ) : (
          <NoPicture words="The picture goes here." />
        )}
      </div>
      <div className="flex flex-col gap-1 px-1 pt-2">
        {post.title && <p className="font-semibold [overflow-wrap:anywhere]">{post.title}</p>}
        <PreviewText runs={post.runs} className="line-clamp-4 text-table" linkClassName="font-medium" />
        {post.link && <p className="truncate text-meta text-text-3">{hostOf(post.link.url)}</p>}
        <p className="flex items-center gap-1.5 text-meta text-text-2">
          <Avatar name={displayName} src={avatarUrl} decorative size="small" />
          <span className="truncate">{displayName}</span>
        </p>
      </div>
    </div>
  )
}

const hostOf = (link: string): string => (URL.canParse(link) ? new URL(link).hostname : link)
