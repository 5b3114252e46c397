import type { Work } from '@/lib/workspace'

/**
 * Locks a post and reads it: until the transaction ends no worker can claim a variant of it and nobody else can change
 * it. The variants are locked before the post, in the order in which the sending side does, so that the two never wait
 * for each other. @returns undefined when there is no such post here, or it was deleted.
 */
export async function lockPost(db: Work['db'], postId: string) {
  // Raw SQL, and so FOR UPDATE, is not on a room's database; a write that changes nothing locks as well.
  await db.variant.updateMany({ where: { postId }, data: { retries: { increment: 0 } } })
  const { count } = await db.post.updateMany({
    where: { id: postId, deletedAt: null },
    data: { revision: { increment: 0 } },
  })
  if (count === 0) return undefined
  return db.post.findUniqueOrThrow({
    where: { id: postId },
    include: {
      variants: {
        orderBy: { id: 'asc' },
        include: {
          account: { select: { handle: true, platform: true, state: true } },
          steps: {
            select: { state: true, attempts: { where: { purpose: 'send' }, select: { outcome: true } } },
          },
        },
      },
    },
  })
}

export type LockedPost = NonNullable<Awaited<ReturnType<typeof lockPost>>>
export type LockedVariant = LockedPost['variants'][number]

export const noSuchPost = {
  code: 'NOT_FOUND',
  message: 'There is no such post here. It may have been deleted: go back to the list.',
} as const
