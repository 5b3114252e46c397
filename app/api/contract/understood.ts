import { ok, type Result } from '@/lib/core/result'
import { readMessages } from '@/lib/inbox'
import type { Page, Reading } from '@/lib/inbox/schema'
import type { Ctx } from '@/lib/workspace'

/** A page of messages, each with how its words were understood; null for our own, and for what is in no words. */
export async function understood<M extends { readonly id: string }>(
  ctx: Ctx,
  page: Page<M>,
): Promise<Result<Page<M & { readonly understanding: Reading | null }>>> {
  const readings = await readMessages(ctx, { messageIds: page.items.map(({ id }) => id) })
  if (!readings.ok) return readings
  return ok({
    ...page,
    items: page.items.map((message) => ({ ...message, understanding: readings.value.get(message.id) ?? null })),
  })
}
