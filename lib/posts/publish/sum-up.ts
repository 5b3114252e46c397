import { now } from '@/lib/core/clock'
import { here, type Work } from '@/lib/workspace'
import { isStillThere, StateReason } from '../schema'
import { sumUp } from './state'

type Tx = Pick<Work, 'db' | 'sql'>

/** What a network kept is published still, and yet a person must see to it. */
const asks = (reason: unknown): boolean => isStillThere(StateReason.safeParse(reason).data)

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
    select: { postId: true, state: true, publishedAt: true, reason: true },
  })
  const sums = [...Map.groupBy(variants, ({ postId }) => postId)].map(([id, mine]) => {
    const published = mine.flatMap(({ publishedAt }) => (publishedAt ? [publishedAt.getTime()] : []))
    return {
      id,
      state: sumUp(mine.map(({ state, reason }) => (asks(reason) ? 'needs_person' : state))),
      publishedAt: published.length > 0 ? new Date(Math.min(...published)) : null,
    }
  })
  // A post that lost its last variant is a draft again.
  const empty = postIds.filter((id) => !sums.some((sum) => sum.id === id))
  const rows = [...sums, ...empty.map((id) => ({ id, state: sumUp([]), publishedAt: null }))]
  await sql`
    update "Post" p
    set state = s.state, "publishedAt" = coalesce(s."publishedAt", p."publishedAt"), "updatedAt" = ${now()}::timestamp(3)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(id text, state text, "publishedAt" timestamp(3))
    where p.id = s.id and p."workspaceId" = ${here}`
}
