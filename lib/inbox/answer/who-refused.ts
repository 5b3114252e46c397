import { hasRefused } from '@/lib/contacts'
import type { Ctx, Work } from '@/lib/workspace'

type Reached = {
  readonly conversationId: string
  readonly kind: string
  /** Who is answered. */
  readonly identityId: string | null
}

/**
 * Whether somebody whom a template would reach refused to hear from us beyond an answer: the person in a chat; elsewhere
 * whoever spoke in the conversation, since all of them read it.
 */
export async function somebodyRefused(ctx: Pick<Ctx | Work, 'db'>, { conversationId, kind, identityId }: Reached) {
  if (kind === 'dm') return hasRefused(ctx, identityId ? [identityId] : [])
  const spoke = await ctx.db.message.groupBy({
    by: ['identityId'],
    where: { conversationId, own: false, identityId: { not: null } },
  })
  return hasRefused(
    ctx,
    spoke.flatMap((who) => who.identityId ?? []),
  )
}
