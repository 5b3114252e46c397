import { z } from 'zod'
import type { Post } from '../core/state'

/** A pin as it is kept. */
const PinRecord = z.object({
  board_id: z.string(),
  board_section_id: z.string().nullable(),
  title: z.string().nullable(),
  link: z.string().nullable(),
  alt_text: z.string().nullable(),
  dominant_color: z.string().nullable(),
  kind: z.enum(['image', 'multiple_images', 'video']),
  cover: z.string().optional(),
})
export type PinRecord = z.infer<typeof PinRecord>

/** Undefined for what is no pin: a comment. */
export const recordOf = (post: Post): PinRecord | undefined => PinRecord.safeParse(post.record).data
