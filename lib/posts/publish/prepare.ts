import type { UsableAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { broughtFile, heldNow, stillHeld } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { writeVariant, type Claim } from './claim'
import { areStored, stopForLost } from './lost'
import { park } from './park'
import { preparedKey, preparedOf, requestFor, StepIntent, uploadsOf, type Sendable } from './plan'
import { betweenStretches, keepTried, stopUpload } from './upload'
import { withFiles } from './with-files'

/**
 * Readies a step at the network, over as many calls and runs as it takes, without anything becoming visible: a container,
 * an upload session. Each answer is in the row before the next call, so a restart goes on where it was.
 * @returns false when the variant was parked or refused.
 */
export async function prepareStep(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  steps: readonly Sendable[],
  step: Sendable,
): Promise<boolean> {
  const { app, credentials, platform } = account
  if (!platform.prepare) return true
  const uploads = uploadsOf(step)
  let before = stillHeld(preparedOf(step), platform)
  if (before?.ready) return true
  const part = await withFiles(ctx, step, requestFor(steps, { ...step, uploads: withoutPrepared(uploads) }))
  for (let stretches = 1; ; stretches++) {
    const startedAt = now()
    const answer = await platform.prepare(app, credentials, part, before)
    const told = answer.ok ? ok(heldNow(answer.value)) : answer
    if (told.ok) uploads[preparedKey] = told.value
    const tried = broughtFile(preparedKey, startedAt, answer)
    await keepTried(ctx, claim, step.id, tried, told.ok ? uploads : undefined)
    await betweenStretches(step.id, stretches)
    if (!told.ok) {
      const ids = StepIntent.parse(step.intent).media.map(({ mediaId }) => mediaId)
      // A network that fetched a file in vain blames its address, or what it found there.
      return told.error.code === 'rejected' && !(await areStored(ctx, ids))
        ? stopForLost(ctx, claim, account, step.id, ids, told.error)
        : stopUpload(ctx, claim, account, step.id, told.error)
    }
    if (told.value.ready) return true
    before = told.value
    if (!before.checkAfterMs) continue
    const message = `${platform.label} is still processing this post. It goes out as soon as that is done.`
    const until = inMs(before.checkAfterMs)
    await writeVariant(ctx, claim, (work) => park(work, claim, { kind: 'media_processing', message, until }))
    return false
  }
}

const withoutPrepared = (uploads: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(uploads).filter(([key]) => key !== preparedKey))
