import { inMs, now, second } from '@/lib/core/clock'
import { announce } from '@/lib/core/realtime'
import { fail, ok, type Result } from '@/lib/core/result'
import { operation, type Ctx, type Work } from '@/lib/workspace'
import { isHere, noSuchConversation } from '../lists/queries'
import { OneConversation, type Hold } from '../schema'

/** How long somebody counts as answering after their last sign of it. */
const holdMs = 30 * second

/**
 * Says that one is answering, and keeps others from doing so unknowingly: while one holds it, another gets theirs with
 * `mine: false`. Call it again to go on holding. The fence rises when the holder changes, and a reply names the fence
 * it was begun under.
 */
export const holdConversation = operation({
  can: 'inbox.draft',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<Hold>> {
    const at = now()
    const until = inMs(holdMs, at)
    const me = ctx.actor.id
    // Also when it had run out: nobody else has taken it since.
    const renewed = await ctx.db.conversation.updateManyAndReturn({
      where: { id: conversationId, heldById: me, joinedId: null },
      data: { heldUntil: until },
      select: { holdFence: true },
    })
    // No event: that somebody types is of no lasting interest, but others see it at once.
    const tell = () =>
      void announce(
        `workspace.${ctx.workspaceId}`,
        { type: 'conversation.held', subject: { type: 'conversation', id: conversationId } },
        { passes: true },
      )
    const [kept] = renewed
    if (kept) {
      tell()
      return ok({ mine: true, fence: kept.holdFence, memberId: me, until: until.toISOString() })
    }
    const [taken] = await ctx.db.conversation.updateManyAndReturn({
      where: { id: conversationId, joinedId: null, OR: [{ heldUntil: null }, { heldUntil: { lte: at } }] },
      data: { heldById: me, heldUntil: until, holdFence: { increment: 1 } },
      select: { holdFence: true },
    })
    if (taken) {
      tell()
      return ok({ mine: true, fence: taken.holdFence, memberId: me, until: until.toISOString() })
    }
    const row = await ctx.db.conversation.findFirst({
      where: { id: conversationId, joinedId: null },
      select: { heldById: true, heldUntil: true, holdFence: true },
    })
    if (!row) return fail(noSuchConversation)
    return ok({
      mine: false,
      fence: row.holdFence,
      memberId: row.heldById ?? '',
      until: (row.heldUntil ?? at).toISOString(),
    })
  },
})

/**
 * Whoever began an answer before this one is told of it, as of a new holder: an answer counts as taking the conversation.
 * The holder's own changes nothing. The conversation must be locked.
 */
export async function raiseFence({ actor }: Ctx, { db }: Work, conversationId: string): Promise<void> {
  await db.conversation.updateMany({
    where: { id: conversationId, OR: [{ heldById: null }, { heldById: { not: actor.id } }] },
    data: { holdFence: { increment: 1 } },
  })
}

/** Lets go of a conversation. Harmless for one that somebody else holds. */
export const releaseConversation = operation({
  can: 'inbox.draft',
  input: OneConversation,
  async run(ctx, { conversationId }): Promise<Result<{ released: boolean }>> {
    const { count } = await ctx.db.conversation.updateMany({
      where: { id: conversationId, heldById: ctx.actor.id },
      data: { heldById: null, heldUntil: null },
    })
    if (count === 1)
      void announce(
        `workspace.${ctx.workspaceId}`,
        { type: 'conversation.released', subject: { type: 'conversation', id: conversationId } },
        { passes: true },
      )
    else if (!(await isHere(ctx, conversationId))) return fail(noSuchConversation)
    return ok({ released: count === 1 })
  },
})
