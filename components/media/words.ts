import { bytes } from '@/lib/core/format'
import type { MediaCard } from '@/lib/media/schema'

export const files = (count: number): string => `${count} ${count === 1 ? 'file' : 'files'}`

export const usedIn = (uses: number): string =>
  uses === 0 ? 'Not used' : `Used in ${uses} ${uses === 1 ? 'post' : 'posts'}`

/** “1080 × 1350”, where it is known. */
export const dimensions = ({ width, height }: Pick<MediaCard, 'width' | 'height'>): string =>
  width && height ? `${width} × ${height}` : ''

/** “1080 × 1350 · 2.4 MB” */
export const inShort = (card: Pick<MediaCard, 'width' | 'height' | 'sizeBytes'>): string =>
  [dimensions(card), bytes(card.sizeBytes)].filter(Boolean).join(' · ')
