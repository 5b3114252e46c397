import { now } from '@/lib/core/clock'
import { wallOf } from '@/lib/core/wall'
import { here, type Work } from '@/lib/workspace'
import { dueAt, sumUp } from './state'

type Tx = Pick<Work, 'db' | 'sql'>

/** Sums a post's variants up into it. Its row is locked first, so that two variants ending at once both count. */
export const sumUpPost = (work: Tx, postId: string): Promise<void> => sumUpPosts(work, [postId])

/** The same for several. */
export async function sumUpPosts(work: Tx, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0) return
  await work.sql`
    select p.id from "Post" p where p.id = any(${postIds}) and p."workspaceId" = ${here} order by p.id for update`
  await sumUpLocked(work, postIds)
}

/** The same for posts that are locked already. Read after the lock was had, so what others committed before is seen. */
export async function sumUpLocked({ db, sql }: Tx, postIds: readonly string[]): Promise<void> {
  const variants = await db.variant.findMany({
    where: { postId: { in: [...postIds] } },
    select: { postId: true, state: true, publishAt: true, publishedAt: true, reason: true },
  })
  const sums = [...Map.groupBy(variants, ({ postId }) => postId)].map(([id, mine]) => {
    const published = mine.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []))
    return {
      id,
      state: sumUp(mine),
      publishedAt: published.length > 0 ? new Date(Math.min(...published)) : null,
    }
  })
  // A post that lost its last variant is a draft again.
  const empty = postIds.filter((id) => !sums.some((sum) => sum.id === id))
  const rows = [...sums, ...empty.map((id) => ({ id, state: sumUp([]), publishedAt: null }))]
  const posts = await sql<Timed>`
    update "Post" p
    set state = s.state, "publishedAt" = coalesce(s."publishedAt", p."publishedAt"), "updatedAt" = ${now()}::timestamp(3)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id text, state text, "publishedAt" timestamp(3))
    where p.id = s.id and p."workspaceId" = ${here}
    returning p.id, p."publishAt", p."timeZone", p."recurrenceId"`
  const due = new Map([...Map.groupBy(variants, ({ postId }) => postId)].map(([id, mine]) => [id, dueAt(mine)]))
  for (const post of posts) await keepTime(db, post, due.get(post.id))
}

type Timed = {
  readonly id: string
  readonly publishAt: Date | null
  readonly timeZone: string | null
  readonly recurrenceId: string | null
}

/** A post goes by what is still to go out of it, so it gets another time when an account ends or is taken off. */
async function keepTime(db: Tx['db'], { id, publishAt, timeZone, recurrenceId }: Timed, due: Date | undefined) {
  if (!publishAt || !due || due.getTime() === publishAt.getTime()) return
  // Of a series no two have one time, and an account that went out must not fail for another post.
  if (recurrenceId && (await db.post.count({ where: { recurrenceId, publishAt: due } })) > 0) return
  const wall = timeZone ? { wallTime: wallOf(due, timeZone) } : {}
  await db.post.update({ where: { id }, data: { publishAt: due, ...wall }, select: { id: true } })
}
