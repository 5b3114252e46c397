import { z } from 'zod'
import { type World, accountById } from '../core/network'
import { isVisible } from '../core/posts'
import type { Media } from '../core/state'

export const audiences = ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'FOLLOWER_OF_CREATOR', 'SELF_ONLY'] as const

/** What is to become of a sending once its bytes are here. */
const Plan = z.object({
  draft: z.boolean(),
  text: z.string(),
  audience: z.string(),
  clientKey: z.string(),
  chunkBytes: z.number(),
  chunks: z.number(),
  receivedBytes: z.number(),
  postId: z.string().optional(),
})
export type Plan = z.infer<typeof Plan>

/** A sending is kept as a file that is being processed, with its plan beside it. */
export function planOf(world: World, publishId: string): Plan | undefined {
  const kept = world.state.facts[`sending:${publishId}`]
  return kept === undefined ? undefined : Plan.parse(JSON.parse(kept))
}

export function keepPlan(world: World, publishId: string, plan: Plan): void {
  world.state.facts[`sending:${publishId}`] = JSON.stringify(plan)
}

/** Where a sending stands now, in TikTok's words. A post's id is told only when everyone may see it. */
export function statusOf(world: World, media: Media, plan: Plan) {
  const bytes = media.kind === 'video' ? { uploaded_bytes: plan.receivedBytes } : {}
  if (media.readyAt === undefined || media.readyAt > world.now())
    return { status: media.kind === 'video' ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD', ...bytes }
  if (media.failure !== undefined) return { status: 'FAILED', fail_reason: media.failure, ...bytes }
  if (plan.draft) return { status: 'SEND_TO_USER_INBOX', ...bytes }
  const post = plan.postId === undefined ? undefined : world.posts.get(plan.postId)
  const open = post && plan.audience === 'PUBLIC_TO_EVERYONE' && isVisible(post, world.now())
  return {
    status: 'PUBLISH_COMPLETE',
    ...bytes,
    ...(open ? { publicaly_available_post_id: [`int64:${post.id}`] } : {}),
  }
}

/** Drafts that wait in an account's inbox, none of which is a day old. */
export const pendingDrafts = (world: World, accountId: string): number =>
  world.state.media.filter(
    (m) =>
      m.ownerId === accountId &&
      (m.startedAt ?? 0) > world.now() - 86_400_000 &&
      m.failure === undefined &&
      planOf(world, m.id)?.draft === true,
  ).length

/** Posts by API within the last day. */
export const postsToday = (world: World, accountId: string): number =>
  world.posts.of(accountId).filter((p) => p.kind === 'post' && p.createdAt > world.now() - 86_400_000).length

/** An app that was not audited shows posts of private accounts only. */
export const isUnaudited = (clientKey: string): boolean => clientKey.startsWith('unaudited')

/** Accounts whose handle begins with `private` are private. */
export const isPrivate = (world: World, accountId: string): boolean =>
  accountById(world, accountId)?.handle.startsWith('private') === true
