import { z } from 'zod'
import { countsOf } from '../core/growth'
import { isHidden } from '../core/hiding'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Account, Post } from '../core/state'
import { etag } from './ids'

/** What was asked of a video. Everything but the title has a value of its own when it is left out. */
export const VideoWish = z.object({
  snippet: z.object({
    title: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[^<>]*$/),
    description: z
      .string()
      .regex(/^[^<>]*$/)
      .refine((text) => Buffer.byteLength(text) <= 5000)
      .default(''),
    tags: z.array(z.string().regex(/^[^<>]*$/)).default([]),
    categoryId: z.string().default('22'),
  }),
  status: z
    .object({
      privacyStatus: z.enum(['public', 'unlisted', 'private']).default('public'),
      selfDeclaredMadeForKids: z.boolean().default(false),
      containsSyntheticMedia: z.boolean().default(false),
      embeddable: z.boolean().default(true),
      license: z.string().optional(),
      publishAt: z.string().optional(),
    })
    .prefault({}),
})

/** A video as it is kept. `readyAt` is when YouTube is through with it. */
export const VideoRecord = VideoWish.extend({
  readyAt: z.number(),
  failure: z.string().optional(),
  thumbnail: z.string().optional(),
})
export type VideoRecord = z.infer<typeof VideoRecord>
export const recordOf = (post: Post): VideoRecord => VideoRecord.parse(post.record)

const stateOf = (world: World, { readyAt, failure }: VideoRecord) => {
  if (readyAt > world.now()) return { uploadStatus: 'uploaded' }
  return failure === undefined ? { uploadStatus: 'processed' } : { uploadStatus: 'failed', failureReason: failure }
}

/** Comments and answers that readers see under a video. */
export const commentsUnder = (world: World, video: Post): readonly Post[] =>
  world.posts.all.filter(
    (p) => p.rootId === video.id && p.kind === 'comment' && isVisible(p, world.now()) && !isHidden(world, p.id),
  )

/** The parts of a video resource that were asked for. */
export function videoView(world: World, post: Post, parts: readonly string[]) {
  const record = recordOf(post)
  const channel = accountById(world, post.accountId)
  const figures = countsOf(world, post)
  const all: Record<string, unknown> = {
    snippet: {
      publishedAt: new Date(post.createdAt).toISOString(),
      channelId: post.accountId,
      channelTitle: channel?.name ?? '',
      title: record.snippet.title,
      description: record.snippet.description,
      ...(record.snippet.tags.length > 0 ? { tags: record.snippet.tags } : {}),
      categoryId: record.snippet.categoryId,
      thumbnails: thumbnails(world, record),
      liveBroadcastContent: 'none',
    },
    status: {
      ...stateOf(world, record),
      privacyStatus: record.status.privacyStatus,
      license: record.status.license ?? 'youtube',
      embeddable: record.status.embeddable,
      publicStatsViewable: true,
      madeForKids: record.status.selfDeclaredMadeForKids,
      selfDeclaredMadeForKids: record.status.selfDeclaredMadeForKids,
      containsSyntheticMedia: record.status.containsSyntheticMedia,
    },
    statistics: {
      viewCount: String(figures.impressions),
      likeCount: String(figures.likes),
      favoriteCount: '0',
      // Where comments are off, there is no number of them.
      ...(record.status.selfDeclaredMadeForKids ? {} : { commentCount: String(commentsUnder(world, post).length) }),
    },
    processingDetails: { processingStatus: record.readyAt > world.now() ? 'processing' : 'succeeded' },
  }
  const chosen = Object.fromEntries(Object.entries(all).filter(([name]) => parts.includes(name)))
  return { kind: 'youtube#video', etag: etag(chosen), id: post.id, ...chosen }
}

const thumbnails = (world: World, record: VideoRecord) =>
  record.thumbnail === undefined
    ? {}
    : { default: { url: `${world.url()}/media/${record.thumbnail}`, width: 120, height: 90 } }

/** A channel's videos that its owner finds in lists, newest first. */
export const videosOf = (world: World, channel: Account): readonly Post[] =>
  world.posts
    .of(channel.id)
    .filter((p) => p.kind === 'post' && isVisible(p, world.now()))
    .toReversed()
