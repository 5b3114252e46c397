import { explain, noteAnswer, useAccount, type UsableAccount } from '@/lib/accounts'
import { inMs, second } from '@/lib/core/clock'
import { failpoint, failpointAfterSending } from '@/lib/core/failpoint'
import type { Failure } from '@/lib/core/result'
import type { Answer, PlatformError, Published, Settling } from '@/lib/platforms'
import type { Ctx, Work } from '@/lib/workspace'
import { afterAnswer } from './after-answer'
import { writeHeld, type Hold } from './claim'
import type { Pause } from './pause'
import type { Outcome } from './schema'
import { howSettled } from './settling'
import { inDoubt, refused, renewed, type Reason, type Thing } from './words'

/** The one call that may have an effect. Its try was written before; nothing here or below repeats it. */
export async function callOnce(
  ctx: Ctx,
  account: UsableAccount,
  road: 'publish' | 'reply',
  subject: string,
  call: () => Answer<Published>,
): Answer<Published> {
  await failpoint(`${road}.before_first_byte`, subject)
  const answer = await failpointAfterSending(`${road}.after_last_byte`, subject, call)
  await failpoint(`${road}.before_record`, subject)
  await noteAnswer(ctx, { account, answer })
  return answer
}

/** What a room does with a thing of its own that could not be sent; together one transaction under the claim. */
export type Stops = {
  readonly hold: Hold
  /** Closes the try under way, where one is. */
  close?(work: Work, outcome: Outcome): Promise<void>
  /** The network refused it for certain; `why` says that it did, and its reason. */
  refuse(work: Work, why: string): Promise<void>
  /** Nothing was sent; it goes on by itself. */
  pause(work: Work, pause: Pause): Promise<void>
  /** Nothing was sent; a person must do something first. */
  ask(work: Work, reason: Reason): Promise<void>
  /** It may have happened. `ref` is the name that the network gave what it is still at work on. */
  doubt(work: Work, lookInMs: number, reason: Reason, ref: unknown): Promise<void>
}

export type Sent = {
  readonly thing: Thing
  /** An earlier try of the same ended in doubt. */
  readonly triedBefore: boolean
  readonly settling: Settling
}

/** Does what follows when a network did not take what was sent to it. */
export async function stopFor(
  ctx: Ctx,
  account: UsableAccount,
  error: PlatformError,
  { thing, triedBefore, settling }: Sent,
  stops: Stops,
): Promise<void> {
  const { label } = account.platform
  const after = afterAnswer(error, triedBefore, howSettled(settling).lagMs)
  switch (after.next) {
    case 'refuse':
      return stop(ctx, stops, 'refused', (work) => stops.refuse(work, refused(label, thing, after.why)))
    case 'pause':
      return pause(ctx, stops, { kind: after.kind, message: explain(error, label).message, until: after.until })
    case 'look': {
      const reason = inDoubt(label, thing, after.taken !== undefined)
      return stop(ctx, stops, 'unknown', (work) => stops.doubt(work, after.inMs, reason, after.taken?.ref))
    }
    case 'renew': {
      // The token may have ended early: renewed, it goes out on the next run; otherwise a person must reconnect.
      const again = await useAccount(ctx, { accountId: account.id, refused: account.credentials.accessToken })
      if (!again.ok) return stopForAccount(ctx, again.error, stops)
      return pause(ctx, stops, { kind: 'network_down', message: renewed(label, thing), until: inMs(second) })
    }
  }
}

/** The same for a file that is brought beforehand: alone it shows nowhere, so in doubt it is brought again. */
export const stopBringing = (
  ctx: Ctx,
  account: UsableAccount,
  error: PlatformError,
  thing: Thing,
  stops: Omit<Stops, 'doubt'>,
): Promise<void> =>
  stopFor(
    ctx,
    account,
    error,
    { thing, triedBefore: false, settling: { by: 'person' } },
    {
      ...stops,
      doubt: (work) =>
        stops.pause(work, { kind: 'network_down', message: explain(error, account.platform.label).message }),
    },
  )

type Waits = Pick<Stops, 'hold' | 'close' | 'ask' | 'pause'>

/** No token, no sending: a person must reconnect, or the network could not be asked and we try again. */
export function stopForAccount(ctx: Ctx, { code, message, retryAt }: Failure, stops: Waits): Promise<void> {
  if (code === 'PLATFORM_AUTH_FAILED')
    return stop(ctx, stops, 'not_sent', (work) => stops.ask(work, { kind: 'reconnect', message }))
  const kind = code === 'RATE_LIMIT_EXCEEDED' ? 'rate_limited' : 'network_down'
  // One that says when to come again was not asked: its pause is no try of ours.
  return pause(ctx, stops, { kind, message, until: retryAt, isTry: retryAt === undefined })
}

const pause = (ctx: Ctx, stops: Waits, why: Pause): Promise<void> =>
  stop(ctx, stops, why.kind === 'rate_limited' ? 'parked' : 'not_sent', (work) => stops.pause(work, why))

const stop = (
  ctx: Ctx,
  { hold, close }: Waits,
  outcome: Outcome,
  write: (work: Work) => Promise<void>,
): Promise<void> =>
  writeHeld(ctx, hold, async (work) => {
    await close?.(work, outcome)
    await write(work)
  })
