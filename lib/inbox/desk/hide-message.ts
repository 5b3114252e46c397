import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { operation, transact, type Ctx } from '@/lib/workspace'
import { carryOutHidingJob } from '../jobs'
import { hidingOf, hidingPlace } from '../lists/hiding'
import { DeleteMessage, HideMessage, type MessageWish } from '../schema'
import { holdWhereSaid } from './hold-where'

/**
 * Has a message hidden at its network, or shown again: the wish is kept with the trail and carried out at once by the
 * worker. Wishing it twice does it once; a later wish takes the place of one that is not carried out yet.
 */
export const hideMessage = operation({
  can: 'inbox.reply',
  input: HideMessage,
  async run(ctx, { messageId, hidden }): Promise<Result<{ hidden: boolean }>> {
    const wished = await wishOf(ctx, messageId, hidden ? 'hidden' : 'shown')
    return wished.ok ? ok({ hidden }) : wished
  },
})

/** Has a message taken away at its network for good, by the same road. */
export const deleteMessage = operation({
  can: 'inbox.reply',
  input: DeleteMessage,
  async run(ctx, { messageId }): Promise<Result<{ id: string }>> {
    const wished = await wishOf(ctx, messageId, 'deleted')
    return wished.ok ? ok({ id: messageId }) : wished
  },
})

async function wishOf(ctx: Ctx, messageId: string, hideTo: MessageWish): Promise<Result<undefined>> {
  const found = await ctx.db.message.findUnique({
    where: { id: messageId },
    include: { conversation: { select: hidingPlace } },
  })
  if (!found) return fail({ code: 'NOT_FOUND', message: 'There is no such message in this workspace.' })
  const platform = adapterOf(found.conversation.account)
  const hiding = hidingOf(platform, found, found.conversation)
  const isDeleting = hideTo === 'deleted'
  if (!hiding || (isDeleting && hiding.deleting === null))
    return fail({
      code: 'CONFLICT',
      message: `${platform.label} lets nobody ${isDeleting ? 'delete' : 'hide'} this from here. Open it at the network.`,
    })
  if (hiding.lacking) return fail({ code: 'CONFLICT', message: hiding.lacking })
  return transact(ctx, async (work) => {
    const conversationId = (await holdWhereSaid(work, messageId)) ?? found.conversationId
    const { count } = await work.db.message.updateMany({
      where: { id: messageId, deletedAt: null, erasedAt: null },
      data: { hideTo, hideAt: now(), hideTries: 0, hideTrouble: null },
    })
    if (count === 0) return fail({ code: 'CONFLICT', message: 'It was taken away meanwhile.' })
    work.record({
      type: isDeleting ? 'message.deletionWished' : 'message.hidingWished',
      subject: { type: 'conversation', id: conversationId },
      particulars: { messageId, ...(isDeleting ? {} : { hidden: hideTo === 'hidden' }) },
    })
    work.enqueue({ job: carryOutHidingJob, payload: { messageId }, key: `${messageId}-hide-${newId()}` })
    return ok(undefined)
  })
}
