import { thumbOf, type MediaCard } from './schema'

/**
 * A post that was deleted shows nothing any more, though its row is kept. While a network is asked to delete it, too, it
 * may come back, and with its files.
 */
export const shownBy = {
  post: { OR: [{ deletedAt: null }, { variants: { some: { leaseUntil: { not: null } } } }] },
}

export const cardColumns = {
  id: true,
  name: true,
  kind: true,
  mime: true,
  sizeBytes: true,
  width: true,
  height: true,
  durationMs: true,
  codec: true,
  soundCodec: true,
  fps: true,
  pages: true,
  frames: true,
  alt: true,
  thumbKey: true,
  folderId: true,
  tags: true,
  originalId: true,
  createdAt: true,
  _count: { select: { posts: { where: shownBy } } },
} as const

type Row = Omit<MediaCard, 'kind' | 'sizeBytes' | 'thumb' | 'uses' | 'createdAt'> & {
  kind: string
  sizeBytes: bigint
  thumbKey: string | null
  createdAt: Date
  _count: { posts: number }
}

/** The columns named above, and no other, whatever else the row carries. */
export const toCard = (row: Row): MediaCard => ({
  id: row.id,
  name: row.name,
  // The column is written from MediaKind and from nothing else.
  kind: row.kind as MediaCard['kind'],
  mime: row.mime,
  sizeBytes: Number(row.sizeBytes),
  width: row.width,
  height: row.height,
  durationMs: row.durationMs,
  codec: row.codec,
  soundCodec: row.soundCodec,
  fps: row.fps,
  pages: row.pages,
  frames: row.frames,
  alt: row.alt,
  thumb: thumbOf(row.thumbKey),
  folderId: row.folderId,
  tags: row.tags,
  uses: row._count.posts,
  originalId: row.originalId,
  createdAt: row.createdAt.toISOString(),
})
