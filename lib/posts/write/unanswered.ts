import type { Work } from '@/lib/workspace'

/** Was a post last written by one of these saves? Then whoever sent it knows what it says, though nobody told them. */
export async function wroteLast(
  { db }: Pick<Work, 'db'>,
  postId: string,
  saveIds: readonly string[] = [],
): Promise<boolean> {
  if (saveIds.length === 0) return false
  const last = await db.postVersion.findFirst({
    where: { postId },
    orderBy: { revision: 'desc' },
    select: { saveId: true },
  })
  return typeof last?.saveId === 'string' && saveIds.includes(last.saveId)
}
