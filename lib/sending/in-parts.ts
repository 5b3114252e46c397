import { transact, type Ctx, type Work } from '@/lib/workspace'

/** So many rows are changed by one transaction: nobody waits long for them, and it ends within its time. */
export const atOnce = 200

/**
 * Does something with many rows, some at a time, each part a transaction of its own. Cut off and called again, it goes on
 * with what is left.
 * @param find the next `atOnce` rows by id, after the given one
 * @returns how many it found
 */
export async function inParts<T extends { readonly id: string }>(
  ctx: Ctx,
  find: (work: Work, after: string) => Promise<readonly T[]>,
  change: (work: Work, rows: readonly T[]) => Promise<void>,
): Promise<number> {
  let found = 0
  let after = ''
  for (;;) {
    const rows = await transact(ctx, async (work) => {
      const some = await find(work, after)
      if (some.length > 0) await change(work, some)
      return some
    })
    found += rows.length
    const last = rows.at(-1)
    if (!last || rows.length < atOnce) return found
    after = last.id
  }
}
