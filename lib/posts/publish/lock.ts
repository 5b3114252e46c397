import { here, hold, type Work } from '@/lib/workspace'

/*
 * The one order of locks: a series, then variants by id, then posts by id. A variant's row stands for its steps and attempts, too:
 * whoever writes those of a variant holds it first. So no two transactions ever wait for each other, and what is read of
 * a variant while it is held stays true. Whoever needs the variants of several posts takes all of them at once.
 */

/** Locks a series: until the transaction ends nobody else makes posts of it, ends it, or changes what it is made from. */
export async function lockSeries(work: Pick<Work, 'sql'>, recurrenceId: string): Promise<void> {
  await hold(work, 'Recurrence', [recurrenceId])
}

/** Locks variants by id. @returns those that are there. */
export const lockVariants = (work: Pick<Work, 'sql'>, ids: readonly string[]): Promise<ReadonlySet<string>> =>
  hold(work, 'Variant', ids)

/**
 * Locks posts with their variants and reads them, in the order given: until the transaction ends no worker can claim a
 * variant of them and nobody else can change them. A post that is not here, or was deleted, is left out.
 */
export async function lockPosts(work: Pick<Work, 'db' | 'sql'>, postIds: readonly string[]): Promise<LockedPost[]> {
  await work.sql`
    select v.id from "Variant" v where v."postId" = any(${postIds}) and v."workspaceId" = ${here} order by v.id for update`
  await hold(work, 'Post', postIds)
  const posts = await readPosts(work.db, postIds)
  const byId = new Map(posts.map((post) => [post.id, post]))
  return postIds.flatMap((id) => byId.get(id) ?? [])
}

/** The same for one. @returns undefined when there is no such post here, or it was deleted. */
export const lockPost = async (work: Pick<Work, 'db' | 'sql'>, postId: string): Promise<LockedPost | undefined> =>
  (await lockPosts(work, [postId]))[0]

const readPosts = (db: Work['db'], postIds: readonly string[]) =>
  db.post.findMany({
    where: { id: { in: [...postIds] }, deletedAt: null },
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

export type LockedPost = Awaited<ReturnType<typeof readPosts>>[number]
export type LockedVariant = LockedPost['variants'][number]

export const noSuchPost = {
  code: 'NOT_FOUND',
  message: 'There is no such post here. It may have been deleted: go back to the list.',
} as const
