import type { UsableAccount } from '@/lib/accounts'
import { inMs } from '@/lib/core/clock'
import { failpoint } from '@/lib/core/failpoint'
import { toJson } from '@/lib/core/json'
import { mediaFiles } from '@/lib/media'
import { isLapsed, type PlatformError } from '@/lib/platforms'
import { bring, stillHeld, stopBringing, type Attempted, type Uploads } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { askAPerson } from './ask'
import { hold, writeVariant, type Claim } from './claim'
import { areStored, stopForLost } from './lost'
import { park } from './park'
import { preparedOf, StepIntent, uploadsOf } from './plan'
import { refuseStep } from './refuse'
import { killable } from './with-files'

type StepRow = { readonly id: string; readonly intent: unknown; readonly uploads: unknown }

/**
 * Brings a step's files to the network and waits, over as many runs as it takes, until it has processed them.
 * @returns false when the variant was parked or refused.
 */
export async function uploadMedia(ctx: Ctx, claim: Claim, account: UsableAccount, step: StepRow): Promise<boolean> {
  const { media } = StepIntent.parse(step.intent)
  const { platform } = account
  const mediaIds = media.map(({ mediaId }) => mediaId)
  if (media.length === 0) return true
  // Others take files together with the post, or fetch them: what is not there then would leave it in doubt.
  if (!platform.uploadMedia) {
    const held = stillHeld(preparedOf(step), platform)?.holds ?? []
    const needed = mediaIds.filter((_, place) => !held.includes(place))
    return (await areStored(ctx, needed)) || stopForLost(ctx, claim, account, step.id, needed)
  }
  let stretches = 0
  const brought = await bring(ctx, account, {
    mediaIds,
    uploads: uploadsOf(step),
    async file(mediaId) {
      const files = await mediaFiles(ctx, { ids: [mediaId], stored: true })
      const [file] = files.ok ? files.value : []
      return file && { ...killable(file, step.id), alt: media.find((one) => one.mediaId === mediaId)?.alt ?? file.alt }
    },
    async keep(tried, uploads) {
      await keepTried(ctx, claim, step.id, tried, uploads)
      await betweenStretches(step.id, (stretches += 1))
    },
  })
  switch (brought.what) {
    case 'ready':
      return true
    case 'failed':
      return stopUpload(ctx, claim, account, step.id, brought.error)
    case 'gone':
      return stopForLost(ctx, claim, account, step.id, mediaIds)
    case 'working': {
      const message = `${platform.label} is still processing a file. The post goes out as soon as it is ready.`
      const until = inMs(brought.checkAfterMs)
      await writeVariant(ctx, claim, (work) => park(work, claim, { kind: 'media_processing', message, until }))
      return false
    }
  }
}

/**
 * Ends a run whose files could not be brought: refused for good, or parked for another time; what has lapsed meanwhile is
 * brought anew then. @returns false
 */
export async function stopUpload(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  stepId: string,
  error: PlatformError,
): Promise<false> {
  await stopBringing(ctx, account, error, 'post', {
    hold: (work) => hold(work, claim),
    async close({ db }) {
      if (isLapsed(error)) await db.step.update({ where: { id: stepId }, data: { uploads: {} }, select: { id: true } })
    },
    refuse: (work, why) => refuseStep(work, claim, stepId, why),
    pause: (work, pause) => park(work, claim, pause),
    ask: (work, reason) => askAPerson(work, claim, reason),
  })
  return false
}

/** Where a worker may die in the middle of a file: what is there so far is kept. @param nth of this run, from 1 on */
export const betweenStretches = (stepId: string, nth: number): Promise<void> | undefined =>
  failpoint('publish.between_stretches', `${stepId}-${nth}`)

/** Keeps what was tried and what is there now, under the fence: a worker that lost its claim writes nothing. */
export const keepTried = (
  ctx: Ctx,
  claim: Claim,
  stepId: string,
  tried: Attempted,
  uploads: Uploads | undefined,
): Promise<void> =>
  writeVariant(ctx, claim, async (work) => {
    await work.db.attempt.create({
      data: { ...tried, workspaceId: ctx.workspaceId, variantId: claim.variantId, stepId, fence: claim.fence },
      select: { id: true },
    })
    if (uploads)
      await work.db.step.update({ where: { id: stepId }, data: { uploads: toJson(uploads) }, select: { id: true } })
  })
