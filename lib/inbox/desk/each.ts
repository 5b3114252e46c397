import { now } from '@/lib/core/clock'
import type { Result } from '@/lib/core/result'
import type { BulkReport } from '../schema'

/** Does one thing to each conversation for itself, one after the other: what fails for one is said of that one. */
export async function eachOf(
  conversationIds: readonly string[],
  run: (conversationId: string) => Promise<Result<unknown>>,
): Promise<BulkReport> {
  const at = now().toISOString()
  const items: BulkReport['items'][number][] = []
  for (const conversationId of new Set(conversationIds)) {
    const done = await run(conversationId)
    items.push(done.ok ? { conversationId, ok: true } : { conversationId, ok: false, message: done.error.message })
  }
  return { at, done: items.filter((item) => item.ok).length, items }
}

/**
 * Does one thing to all of the conversations at once, all or none. Where that cannot be, it is done to each for itself, so
 * that what fails for one is said of that one.
 */
export async function allOf(
  conversationIds: readonly string[],
  run: (conversationIds: string[]) => Promise<Result<unknown>>,
): Promise<BulkReport> {
  const at = now().toISOString()
  const ids = [...new Set(conversationIds)]
  const done = await run(ids)
  if (!done.ok) return { ...(await eachOf(ids, (id) => run([id]))), at }
  return { at, done: ids.length, items: ids.map((conversationId) => ({ conversationId, ok: true })) }
}
