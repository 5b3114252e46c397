import type { Work } from '@/lib/workspace'
import type { PostState, SavedPost } from '../schema'

/** What whoever saved a post is told of it. */
export async function saved(db: Work['db'], postId: string): Promise<SavedPost> {
  const { revision, state, publishAt } = await db.post.findUniqueOrThrow({
    where: { id: postId },
    select: { revision: true, state: true, publishAt: true },
  })
  // The column is written from PostState and from nothing else.
  return { postId, revision, state: state as PostState, publishAt: publishAt?.toISOString() ?? null }
}
