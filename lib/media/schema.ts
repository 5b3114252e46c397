import { z } from 'zod'

const id = z.string().min(1).max(64)
export const mediaKinds = ['image', 'gif', 'video'] as const

/** What a file may be, judged by its content and never by its name. */
export const acceptedTypes = {
  'image/jpeg': { kind: 'image', label: 'JPEG' },
  'image/png': { kind: 'image', label: 'PNG' },
  'image/webp': { kind: 'image', label: 'WebP' },
  'image/gif': { kind: 'gif', label: 'GIF' },
  'video/mp4': { kind: 'video', label: 'MP4' },
  'video/quicktime': { kind: 'video', label: 'MOV' },
} as const satisfies Record<string, { kind: (typeof mediaKinds)[number]; label: string }>

const alt = z.string().trim().max(2_000)
export const UploadMedia = z.object({
  name: z.string().trim().min(1).max(255),
  /** As the sender announced it. What comes is counted all the same. */
  declaredBytes: z.number().int().nonnegative().optional(),
  alt: alt.default(''),
  body: z.custom<ReadableStream<Uint8Array>>((value) => value instanceof ReadableStream, 'send the file as the body'),
})
export const ListMedia = z.object({
  kind: z.enum(mediaKinds).optional(),
  search: z.string().trim().max(200).optional(),
  cursor: id.optional(),
  take: z.coerce.number().int().min(1).max(100).default(40),
})
export const DescribeMedia = z.object({ mediaId: id, alt })
export const OneMedia = z.object({ mediaId: id })

export type MediaCard = {
  readonly id: string
  readonly name: string
  readonly kind: (typeof mediaKinds)[number]
  readonly mime: string
  readonly sizeBytes: number
  readonly width: number | null
  readonly height: number | null
  readonly durationMs: number | null
  readonly alt: string
  readonly hasThumb: boolean
  /** ISO instant. */
  readonly createdAt: string
}
export type MediaPage = { readonly items: readonly MediaCard[]; readonly next: string | null }

/** Where a browser gets a file; with `thumb`, a picture of at most 480 px. `workspace` is a slug. */
export const mediaUrl = (workspace: string, mediaId: string, thumb = false): string =>
  `/api/media/${encodeURIComponent(mediaId)}?${new URLSearchParams({ workspace, ...(thumb ? { thumb: '1' } : {}) })}`
