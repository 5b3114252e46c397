import { FileText, Film, Image } from 'lucide-react'
import { mediaUrl } from '@/lib/media/schema'
import type { PostContent, PostPreview } from '@/lib/posts/schema'
import { cn } from '../ui/cn'

type Props = {
  readonly workspace: string
  readonly files: PostPreview['media']
  /** What the post says of its files instead of what the library does. */
  readonly alts?: PostContent['alts']
  readonly small?: boolean
}

/** The files of a post, in its order; a kind's sign where there is no picture of one. */
export function PostThumbs({ workspace, files, alts = {}, small = false }: Props) {
  if (files.length === 0) return null
  return (
    <ul aria-label="Media" className="flex flex-wrap gap-2">
      {files.map(({ id, kind, alt, thumb }) => (
        <li
          key={id}
          className={cn(
            'grid place-items-center overflow-hidden rounded-control bg-sunken text-text-3',
            small ? 'size-16' : 'size-24',
          )}
        >
          {thumb ? (
            // oxlint-disable-next-line nextjs/no-img-element -- a thumbnail of our own, small already
            <img
              src={mediaUrl(workspace, id, thumb)}
              alt={alts[id] ?? (alt || 'No alt text yet')}
              className="size-full object-cover"
            />
          ) : kind === 'video' ? (
            <Film aria-label={alts[id] ?? (alt || 'Video')} className="size-5" />
          ) : kind === 'document' ? (
            <FileText aria-label={alts[id] ?? (alt || 'Document')} className="size-5" />
          ) : (
            <Image aria-label={alts[id] ?? (alt || 'Image')} className="size-5" />
          )}
        </li>
      ))}
    </ul>
  )
}
