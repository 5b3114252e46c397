import type { Result } from '@/lib/core/result'
import type { BulkReport } from '../schema'

/** Does one thing to each conversation for itself, one after the other: what fails for one is said of that one. */
export async function eachOf(
  conversationIds: readonly string[],
  run: (conversationId: string) => Promise<Result<unknown>>,
): Promise<BulkReport> {
  const items: BulkReport['items'][number][] = []
  for (const conversationId of new Set(conversationIds)) {
    const done = await run(conversationId)
    items.push(done.ok ? { conversationId, ok: true } : { conversationId, ok: false, message: done.error.message })
  }
  return { done: items.filter((item) => item.ok).length, items }
}
