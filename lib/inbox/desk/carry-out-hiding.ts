import { explain, noteAnswer, useAccount } from '@/lib/accounts'
import { inMs, minute, now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, Hiding as Offered, Incoming } from '@/lib/platforms'
import { operation, transact, type Ctx, type Sweep } from '@/lib/workspace'
import { restMs } from '../hear/pace'
import { takeIn } from '../hear/receive'
import { carryOutHidingJob } from '../jobs'
import { MessageWish } from '../schema'

/** Longer than one call takes. */
const leaseMs = 5 * minute
/** Tried in vain so often, a wish is given up. */
const mostTries = 8

export type CarriedOut = { readonly did: 'skipped' | 'done' | 'refused' | 'failed' }

/** Hides a message at its network, shows it again or deletes it, as was wished last. Doing it twice at the network does it once. */
export const carryOutHiding = operation({
  can: 'inbox.send',
  input: carryOutHidingJob.payload,
  async run(ctx, { messageId }): Promise<Result<CarriedOut>> {
    const at = now()
    const [row] = await ctx.db.message.updateManyAndReturn({
      where: { id: messageId, hideAt: { lte: at }, hideTo: { not: null } },
      data: { hideAt: inMs(leaseMs, at), hideTries: { increment: 1 } },
    })
    if (!row || row.hideTo === null) return ok({ did: 'skipped' })
    const wish = { ...row, hideTo: MessageWish.parse(row.hideTo) }
    const isGone = row.deletedAt !== null || row.erasedAt !== null
    if (isGone) return settle(ctx, wish, wish.hideTo === 'deleted' ? {} : { why: 'It was taken away meanwhile.' })
    const account = await useAccount(ctx, { accountId: row.accountId, lane: 'answering' })
    if (!account.ok)
      return account.error.retryAt || row.hideTries < mostTries
        ? wait(ctx, wish, account.error.retryAt)
        : settle(ctx, wish, { why: account.error.message })
    const { platform, app, credentials } = account.value
    const done = doing(platform.inbox?.hiding, wish.hideTo)
    if (!done) return settle(ctx, wish, { why: `${platform.label} lets nobody do this from here.` })
    // The column is written by receive.ts, from an Incoming, and nowhere else.
    const said = row.source as unknown as Incoming
    const answer = await done(app, credentials, said)
    await noteAnswer(ctx, { account: account.value, answer })
    if (answer.ok) {
      // Should it stand there all the same, it comes back as soon as it is seen.
      const gone = { ...said, change: 'deleted', at: now().toISOString() } as const
      const items = wish.hideTo === 'deleted' ? [gone] : []
      const taken = await takeIn(ctx, { accountId: row.accountId, items, via: 'poll' }, { missed: true })
      return taken.ok ? settle(ctx, wish, {}) : taken
    }
    const { error } = answer
    if (error.code === 'rate_limited') return wait(ctx, wish, error.retryAt)
    return error.code === 'rejected' || row.hideTries >= mostTries
      ? settle(ctx, wish, { why: explain(error, platform.label).message })
      : wait(ctx, wish)
  },
})

type Doing = (app: AppConfig, as: Credentials, said: Incoming) => Answer<void>

function doing(hiding: Offered | undefined, wish: MessageWish): Doing | undefined {
  if (wish === 'deleted') return hiding?.deleting?.take
  return hiding && ((app, as, said) => hiding.hide(app, as, said, wish === 'hidden'))
}

type Wish = {
  readonly id: string
  readonly hideTo: MessageWish
  readonly hideTries: number
}

/** Only as long as nobody wished otherwise meanwhile. */
const asWished = ({ id, hideTo, hideTries }: Wish) => ({ id, hideTo, hideTries })

async function settle(ctx: Ctx, wish: Wish, { why }: { readonly why?: string }): Promise<Result<CarriedOut>> {
  const at = now()
  const isHiding = wish.hideTo !== 'deleted'
  const done = why === undefined && isHiding ? { hiddenAt: wish.hideTo === 'hidden' ? at : null, hiddenSeenAt: at } : {}
  await transact(ctx, async ({ db, record }) => {
    const [settled] = await db.message.updateManyAndReturn({
      where: asWished(wish),
      data: { ...done, hideTo: null, hideAt: null, hideTrouble: why ?? null },
      select: { conversationId: true },
    })
    // That a message is gone was told as it was taken in.
    if (!settled || (!isHiding && why === undefined)) return
    record({
      type:
        why === undefined ? `message.${wish.hideTo}` : isHiding ? 'message.hidingRefused' : 'message.deletionRefused',
      subject: { type: 'conversation', id: settled.conversationId },
      particulars: { messageId: wish.id, ...(why === undefined ? {} : { why }) },
    })
  })
  return ok({ did: why === undefined ? 'done' : 'refused' })
}

async function wait(ctx: Ctx, wish: Wish, until: Date = inMs(restMs(wish.hideTries))): Promise<Result<CarriedOut>> {
  await ctx.db.message.updateMany({ where: asWished(wish), data: { hideAt: until } })
  return ok({ did: 'failed' })
}

/** To be hidden or shown, by nobody yet. */
export const waitingHidings: Sweep = {
  name: 'inbox.waitingHidings',
  find: (at) => ({ model: 'message', where: { hideAt: { lte: at } }, orderBy: { hideAt: 'asc' } }),
}
