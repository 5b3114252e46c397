import { deletePosts, publishPostsNow, reschedulePosts, schedulePosts, updatePosts } from '@/lib/posts'
import { bulkPosts } from '../../contract/bulk'
import { serves } from '../../contract/door'
import { whenOf } from '../../contract/moments'
import { changesOf } from '../../contract/posts'

export const POST = serves(
  bulkPosts,
  async (ctx, { body: { action, postIds, data } }) => {
    const { scheduledAt, shiftMinutes, alsoAtNetwork, ...changes } = data
    switch (action) {
      case 'schedule':
        return scheduledAt === undefined
          ? reschedulePosts(ctx, { postIds, shiftMinutes: shiftMinutes ?? 0 })
          : schedulePosts(ctx, { postIds, when: whenOf(scheduledAt) })
      case 'delete':
        return deletePosts(ctx, { postIds, alsoAtNetwork })
      case 'update':
        return updatePosts(ctx, { postIds, ...changesOf(changes) })
      case 'publish':
        return publishPostsNow(ctx, { postIds })
    }
  },
  ({ done, failed }) => ({
    body: {
      success: done.length,
      failed: failed.length,
      errors: failed.map(({ postId, error: { message, code } }) => ({ postId, error: message, code })),
    },
  }),
)
