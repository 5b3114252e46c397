import { z } from 'zod'
import { audiences } from './sending'

/** TikTok counts in decimal megabytes. */
const MB = 1_000_000
const utf16 = (max: number) => z.string().refine((text) => text.length <= max, `must be at most ${max} UTF-16 runes`)

const FileSource = z.strictObject({
  source: z.literal('FILE_UPLOAD'),
  video_size: z
    .number()
    .int()
    .min(1)
    .max(4_000 * MB),
  chunk_size: z.number().int().min(1),
  total_chunk_count: z.number().int().min(1).max(1000),
})
type FileSource = z.infer<typeof FileSource>

const Shown = {
  privacy_level: z.enum(audiences),
  disable_comment: z.boolean().optional(),
  brand_content_toggle: z.boolean(),
  brand_organic_toggle: z.boolean(),
}

export const VideoInit = z.strictObject({
  post_info: z
    .strictObject({
      ...Shown,
      title: utf16(2200),
      disable_duet: z.boolean().optional(),
      disable_stitch: z.boolean().optional(),
      is_aigc: z.boolean().optional(),
      video_cover_timestamp_ms: z.number().int().min(0).optional(),
    })
    .refine((p) => !(p.brand_content_toggle && p.privacy_level === 'SELF_ONLY'), {
      message: 'Branded content visibility cannot be set to private.',
    }),
  source_info: FileSource,
})
export const DraftInit = z.strictObject({ source_info: FileSource })

export const PhotoInit = z.strictObject({
  media_type: z.literal('PHOTO'),
  post_mode: z.enum(['DIRECT_POST', 'MEDIA_UPLOAD']),
  post_info: z.strictObject({
    title: utf16(90).optional(),
    description: utf16(4000).optional(),
    privacy_level: Shown.privacy_level.optional(),
    disable_comment: z.boolean().optional(),
    auto_add_music: z.boolean().optional(),
    brand_content_toggle: z.boolean().optional(),
    brand_organic_toggle: z.boolean().optional(),
  }),
  source_info: z
    .strictObject({
      source: z.literal('PULL_FROM_URL'),
      photo_images: z.array(z.url()).min(1).max(35),
      photo_cover_index: z.number().int().min(0),
    })
    .refine(({ photo_images: { length }, photo_cover_index: cover }) => cover < length, {
      message: 'photo_cover_index must be that of one of the photo_images.',
    }),
})

/** What is wrong with the chunks that were announced, by the media transfer guide. */
export function sourceProblem({ video_size, chunk_size, total_chunk_count }: FileSource): string | undefined {
  if (total_chunk_count !== Math.floor(video_size / chunk_size))
    return 'The total chunk count is invalid: it is the video size by the chunk size, rounded down.'
  if (video_size < 5 * MB || total_chunk_count === 1)
    return video_size > 64 * MB
      ? 'A video of more than 64 MB is sent in several chunks.'
      : chunk_size === video_size
        ? undefined
        : 'A video that is sent whole is its own chunk.'
  return chunk_size < 5 * MB || chunk_size > 64 * MB ? 'The chunk size is invalid: 5 to 64 MB.' : undefined
}
