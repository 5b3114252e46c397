import { now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { operation, transact } from '@/lib/workspace'
import { carryOutHidingJob } from '../jobs'
import { hidingOf, hidingPlace } from '../lists/hiding'
import { HideMessage } from '../schema'
import { holdStill } from './hold-still'

/**
 * Has a message hidden at its network, or shown again: the wish is kept with the trail and carried out at once by the
 * worker. Wishing it twice does it once; a later wish takes the place of one that is not carried out yet.
 */
export const hideMessage = operation({
  can: 'inbox.reply',
  input: HideMessage,
  async run(ctx, { messageId, hidden }): Promise<Result<{ hidden: boolean }>> {
    const found = await ctx.db.message.findUnique({
      where: { id: messageId },
      include: { conversation: { select: hidingPlace } },
    })
    if (!found) return fail({ code: 'NOT_FOUND', message: 'There is no such message in this workspace.' })
    const platform = adapterOf(found.conversation.account)
    const hiding = hidingOf(platform, found, found.conversation)
    if (!hiding)
      return fail({
        code: 'CONFLICT',
        message: `${platform.label} lets nobody hide this from here. Open it at the network.`,
      })
    if (hiding.lacking) return fail({ code: 'CONFLICT', message: hiding.lacking })
    const { conversationId } = found
    return transact(ctx, async (work) => {
      await holdStill(work, [conversationId])
      const wish = { hideTo: hidden, hideAt: now(), hideTries: 0, hideTrouble: null }
      const { count } = await work.db.message.updateMany({
        where: { id: messageId, deletedAt: null, erasedAt: null },
        data: wish,
      })
      if (count === 0) return fail({ code: 'CONFLICT', message: 'It was taken away meanwhile.' })
      work.record({
        type: 'message.hidingWished',
        subject: { type: 'conversation', id: conversationId },
        particulars: { messageId, hidden },
      })
      work.enqueue({ job: carryOutHidingJob, payload: { messageId }, key: `${messageId}-hide-${newId()}` })
      return ok({ hidden })
    })
  },
})
