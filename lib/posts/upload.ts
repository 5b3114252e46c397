import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { mediaFiles } from '@/lib/media'
import type { Answer, PlatformError, UploadedMedia } from '@/lib/platforms'
import { broughtFile, stopBringing } from '@/lib/sending'
import type { Ctx } from '@/lib/workspace'
import { askAPerson } from './ask'
import { hold, writeVariant, type Claim } from './claim'
import { park } from './park'
import { StepIntent, uploadsOf } from './plan'
import { refuseStep } from './refuse'

type StepRow = { readonly id: string; readonly intent: unknown; readonly uploads: unknown }

/**
 * Brings a step's files to the network and waits, over as many runs as it takes, until it has processed them.
 * What is there is kept in the row, so a restart does not upload it again; uploading twice would harm nobody.
 * @returns false when the variant was parked or refused.
 */
export async function uploadMedia(ctx: Ctx, claim: Claim, account: UsableAccount, step: StepRow): Promise<boolean> {
  const { media } = StepIntent.parse(step.intent)
  const { app, credentials, platform } = account
  // Others take files together with the post.
  if (media.length === 0 || !platform.uploadMedia) return true
  const uploads = uploadsOf(step)
  let checkAfterMs: number | undefined
  for (const { mediaId, alt } of media) {
    const known = uploads[mediaId]
    if (known?.ready) continue
    const startedAt = now()
    const files = await mediaFiles(ctx, { ids: known ? [] : [mediaId] })
    const file = files.ok ? files.value[0] : undefined
    const answer =
      known && platform.mediaStatus
        ? await platform.mediaStatus(app, credentials, known)
        : file && platform.uploadMedia
          ? await platform.uploadMedia(app, credentials, { ...file, alt })
          : undefined
    if (!answer) {
      const why = 'A file of this post is gone from the media library. Add it again and reschedule.'
      await writeVariant(ctx, claim, (work) => refuseStep(work, claim, step.id, platform.label, why))
      return false
    }
    await noteAnswer(ctx, { account, answer })
    if (answer.ok) uploads[mediaId] = answer.value
    await recordUpload(ctx, claim, step.id, { mediaId, startedAt, answer }, uploads)
    if (!answer.ok) return stopUpload(ctx, claim, account, step.id, answer.error)
    if (!answer.value.ready) checkAfterMs = Math.max(checkAfterMs ?? 0, answer.value.checkAfterMs ?? 2_000)
  }
  if (checkAfterMs === undefined) return true
  const message = `${platform.label} is still processing a file. The post goes out as soon as it is ready.`
  const until = inMs(checkAfterMs)
  await writeVariant(ctx, claim, (work) => park(work, claim, { kind: 'media_processing', message, until }))
  return false
}

/** Ends a run whose files could not be brought: refused for good, or parked for another time. @returns false */
export async function stopUpload(
  ctx: Ctx,
  claim: Claim,
  account: UsableAccount,
  stepId: string,
  error: PlatformError,
): Promise<false> {
  await stopBringing(ctx, account, error, 'post', {
    hold: (work) => hold(work, claim),
    refuse: (work, why) => refuseStep(work, claim, stepId, account.platform.label, why),
    pause: (work, pause) => park(work, claim, pause),
    ask: (work, reason) => askAPerson(work, claim, reason),
  })
  return false
}

type Tried = {
  readonly mediaId: string
  readonly startedAt: Date
  readonly answer: Awaited<Answer<UploadedMedia>>
}

/** Keeps what was tried and what is there now, under the fence: a worker that lost its claim writes nothing. */
export const recordUpload = (
  ctx: Ctx,
  claim: Claim,
  stepId: string,
  { mediaId, startedAt, answer }: Tried,
  uploads: Readonly<Record<string, UploadedMedia>>,
): Promise<void> =>
  writeVariant(ctx, claim, async (work) => {
    await work.db.attempt.create({
      data: {
        ...broughtFile(mediaId, startedAt, answer),
        workspaceId: ctx.workspaceId,
        variantId: claim.variantId,
        stepId,
        fence: claim.fence,
      },
      select: { id: true },
    })
    if (answer.ok)
      await work.db.step.update({ where: { id: stepId }, data: { uploads: toJson(uploads) }, select: { id: true } })
  })
