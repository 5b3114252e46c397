'use client'

import { mediaAt, moved, placeMedia, type Place } from './draft'
import { useDesk } from './composer-context'
import { MediaItem } from './media-item'

/** The files of one post of the thread, in order. */
export function MediaSpot({ place, label }: { readonly place: Place; readonly label: string }) {
  const { draft, edit } = useDesk()
  const mediaIds = mediaAt(draft, place)
  if (mediaIds.length === 0) return null
  const set = (change: (ids: readonly string[]) => readonly string[]) =>
    edit((draft) => placeMedia(draft, place, change(mediaAt(draft, place))))
  return (
    <ol aria-label={label} className="flex flex-col gap-3">
      {mediaIds.map((mediaId, index) => (
        <MediaItem
          key={mediaId}
          mediaId={mediaId}
          place={index}
          count={mediaIds.length}
          onMove={(by) => set((ids) => moved(ids, index, index + by))}
          onRemove={() => set((ids) => ids.filter((id) => id !== mediaId))}
        />
      ))}
    </ol>
  )
}
