import { z } from 'zod'
import { unfolded } from '../core/graph'
import { type Container as Known, containersOf } from '../core/graph-containers'

const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((v) => v === 'true')]).default(false)
const Option = z.string().min(1).max(25)
export const Wish = z.object({
  media_type: z.enum(['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL']),
  text: z.string().default(''),
  image_url: z.url().optional(),
  video_url: z.url().optional(),
  alt_text: z.string().max(1_000).default(''),
  is_carousel_item: flag,
  children: z
    .preprocess((value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value), z.array(z.string()))
    .default([]),
  reply_to_id: z.string().optional(),
  reply_control: z
    .enum(['everyone', 'accounts_you_follow', 'mentioned_only', 'parent_post_author_only', 'followers_only'])
    .default('everyone'),
  topic_tag: z
    .string()
    .max(50)
    .regex(/^[^.&]+$/)
    .optional(),
  link_attachment: z.url().optional(),
  poll_attachment: z
    .preprocess(
      unfolded,
      z.object({ option_a: Option, option_b: Option, option_c: Option.optional(), option_d: Option.optional() }),
    )
    .optional(),
  is_spoiler_media: flag,
  is_ghost_post: flag,
  auto_publish_text: flag,
})
export type Wish = z.output<typeof Wish>

type Failure = 'FAILED_DOWNLOADING_VIDEO' | 'FAILED_PROCESSING_VIDEO' | 'INVALID_ASPEC_RATIO' | 'UNKNOWN'
export type Container = Known<Wish, Failure>
export const containers = containersOf<Wish, Failure>()
