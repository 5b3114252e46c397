import type { MediaCard } from './schema'

export const cardColumns = {
  id: true,
  name: true,
  kind: true,
  mime: true,
  sizeBytes: true,
  width: true,
  height: true,
  durationMs: true,
  alt: true,
  thumbKey: true,
  createdAt: true,
} as const

type Row = Omit<MediaCard, 'kind' | 'sizeBytes' | 'hasThumb' | 'createdAt'> & {
  kind: string
  sizeBytes: bigint
  thumbKey: string | null
  createdAt: Date
}

export const toCard = ({ kind, sizeBytes, thumbKey, createdAt, ...row }: Row): MediaCard => ({
  ...row,
  // The column is written from MediaKind and from nothing else.
  kind: kind as MediaCard['kind'],
  sizeBytes: Number(sizeBytes),
  hasThumb: thumbKey !== null,
  createdAt: createdAt.toISOString(),
})
