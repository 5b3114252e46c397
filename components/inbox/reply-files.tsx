'use client'

import type { ReplyCard } from '@/lib/inbox/schema'
import { mediaUrl } from '@/lib/media/schema'
import { useInboxPlace } from './inbox-context'

/** The files that go with an answer of ours. */
export function ReplyFiles({ media }: { readonly media: ReplyCard['media'] }) {
  const { workspace } = useInboxPlace()
  if (media.length === 0) return null
  return (
    <ul aria-label="Files of this answer" className="flex flex-wrap justify-end gap-2">
      {media.map(({ mediaId, kind, alt }) => (
        <li key={mediaId} className="overflow-hidden rounded-control bg-sunken">
          {kind === 'video' ? (
            // oxlint-disable-next-line jsx-a11y/media-has-caption -- a file of ours, shown small before it goes out
            <video src={mediaUrl(workspace, mediaId)} aria-label={alt || 'A video'} className="h-24" controls />
          ) : (
            // oxlint-disable-next-line nextjs/no-img-element -- our own file, behind the session
            <img
              src={mediaUrl(workspace, mediaId, 'small')}
              alt={alt || 'A picture without a description'}
              className="h-24 object-cover"
            />
          )}
        </li>
      ))}
    </ul>
  )
}
