import { here, type Work } from '@/lib/workspace'

/*
 * The one order of locks: a series, then variants by id, then posts by id. A variant's row stands for its steps and attempts, too:
 * whoever writes those of a variant holds it first. So no two transactions ever wait for each other, and what is read of
 * a variant while it is held stays true. Whoever needs the variants of several posts takes all of them at once.
 */

/** Locks a series: until the transaction ends nobody else makes posts of it, ends it, or changes what it is made from. */
export async function lockSeries({ sql }: Pick<Work, 'sql'>, recurrenceId: string): Promise<void> {
  await sql`select r.id from "Recurrence" r where r.id = ${recurrenceId} and r."workspaceId" = ${here} for update`
}

/** Locks variants by id. @returns those that are there. */
export async function lockVariants({ sql }: Pick<Work, 'sql'>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ id: string }>`
    select v.id from "Variant" v where v.id = any(${ids}) and v."workspaceId" = ${here} order by v.id for update`
  return new Set(rows.map(({ id }) => id))
}

/**
 * Locks posts with their variants and reads them, in the order given: until the transaction ends no worker can claim a
 * variant of them and nobody else can change them. A post that is not here, or was deleted, is left out.
 */
export async function lockPosts(work: Pick<Work, 'db' | 'sql'>, postIds: readonly string[]): Promise<LockedPost[]> {
  await work.sql`
    select v.id from "Variant" v where v."postId" = any(${postIds}) and v."workspaceId" = ${here} order by v.id for update`
  await work.sql`
    select p.id from "Post" p where p.id = any(${postIds}) and p."workspaceId" = ${here} order by p.id for update`
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
