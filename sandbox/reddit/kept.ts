import { z } from 'zod'
import type { Post } from '../core/state'

/** What the sandbox knows of a post, a comment or a message beside its words. */
const Kept = z.object({
  sr: z.string(),
  title: z.string(),
  kind: z.enum(['self', 'link', 'image', 'video', 'gallery', 'comment', 'message']),
  url: z.string().optional(),
  /** A post's text beside its title; absent for all else. */
  body: z.string().optional(),
  nsfw: z.boolean().optional(),
  spoiler: z.boolean().optional(),
  flair: z.string().optional(),
  /** Fullname of what it answers, for comments and messages. */
  parent: z.string().optional(),
  /** Fullname of the post it stands under. */
  link: z.string().optional(),
  /** Handle of whom a message is for. */
  dest: z.string().optional(),
  type: z.string().optional(),
})
export type Kept = z.output<typeof Kept>
export const keptOf = (post: Post): Kept => Kept.parse(post.record)
