import { z } from 'zod'
import type { AppConfig } from '../platform'
import { at, paged, read, send, write, type Account } from './api'

export type NewThread = {
  readonly snippet: {
    readonly channelId: string
    readonly videoId: string
    readonly topLevelComment: { readonly snippet: { readonly textOriginal: string } }
  }
}
export type NewReply = { readonly snippet: { readonly parentId: string; readonly textOriginal: string } }

const Comment = z.object({
  id: z.string(),
  snippet: z.object({
    textOriginal: z.string().optional(),
    textDisplay: z.string(),
    authorDisplayName: z.string().default(''),
    authorProfileImageUrl: z.string().optional(),
    authorChannelId: z.object({ value: z.string() }).optional(),
    parentId: z.string().optional(),
    videoId: z.string().optional(),
    publishedAt: z.string(),
    updatedAt: z.string(),
  }),
})
export type Comment = z.output<typeof Comment>
const Comments = z.object({ items: z.array(Comment).default([]), nextPageToken: z.string().optional() })
const Thread = z.object({
  id: z.string(),
  snippet: z.object({
    videoId: z.string().optional(),
    topLevelComment: Comment,
    totalReplyCount: z.number().default(0),
  }),
  replies: z.object({ comments: z.array(Comment).default([]) }).optional(),
})
export type Thread = z.output<typeof Thread>
const Threads = z.object({ items: z.array(Thread).default([]), nextPageToken: z.string().optional() })
export type ThreadPage = z.output<typeof Threads>

/** One page of 100 threads, newest first, each with some of its answers. */
export const listThreads = (
  app: AppConfig,
  as: Account,
  q: ({ videoId: string } | { allThreadsRelatedToChannelId: string }) & { pageToken?: string | undefined },
) => {
  const { pageToken, ...where } = q
  return send(
    app,
    as,
    at('commentThreads', {
      part: 'snippet,replies',
      ...where,
      order: 'time',
      maxResults: '100',
      textFormat: 'plainText',
      ...paged(pageToken),
    }),
    Threads,
    read,
  )
}

export const listReplies = (app: AppConfig, as: Account, parentId: string, pageToken: string | undefined) =>
  send(
    app,
    as,
    at('comments', { part: 'snippet', parentId, maxResults: '100', textFormat: 'plainText', ...paged(pageToken) }),
    Comments,
    read,
  )

export const insertThread = (app: AppConfig, as: Account, thread: NewThread) =>
  send(app, as, at('commentThreads', { part: 'snippet' }), z.object({ id: z.string() }), write(thread))

export const insertReply = (app: AppConfig, as: Account, reply: NewReply) =>
  send(app, as, at('comments', { part: 'snippet' }), z.object({ id: z.string() }), write(reply))

/**
 * Of what stands under one's own videos. What is held can be published again, what is rejected cannot; doing it twice does
 * it once (developers.google.com/youtube/v3/docs/comments/setModerationStatus, read 2026-11-27).
 */
export const moderateComment = (
  app: AppConfig,
  as: Account,
  id: string,
  moderationStatus: 'heldForReview' | 'published' | 'rejected',
) =>
  send(app, as, at('comments/setModerationStatus', { id, moderationStatus }), z.unknown(), {
    method: 'POST',
    mutation: true,
    units: 50,
  })

export const deleteComment = (app: AppConfig, as: Account, id: string) =>
  send(app, as, at('comments', { id }), z.unknown(), { method: 'DELETE', mutation: true, units: 50 })
