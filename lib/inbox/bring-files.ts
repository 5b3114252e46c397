import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { inMs, now } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { mediaFiles } from '@/lib/media'
import type { Answer, MediaFile, PlatformError, Reply, UploadedMedia } from '@/lib/platforms'
import { broughtFile, stopBringing } from '@/lib/sending'
import { transact, type Ctx } from '@/lib/workspace'
import type { FixedFile, FixedReply } from './answer-files'
import { holdReply, type ReplyClaim } from './reply-claim'
import { askAboutReply, refuseReply, restReply } from './stop-reply'

type Uploads = Record<string, UploadedMedia>
type Row = { readonly reply: FixedReply; readonly uploads: unknown }

/**
 * Brings the files of an answer to the network before it is sent, over as many runs as it takes. What is there is kept in
 * the row, so a restart brings nothing twice; a file without an answer shows nowhere.
 * @returns the answer with its files; undefined when it was parked or refused
 */
export async function bringFiles(
  ctx: Ctx,
  claim: ReplyClaim,
  account: UsableAccount,
  { reply, uploads: known }: Row,
): Promise<Reply | undefined> {
  const { media = [] } = reply
  if (media.length === 0) return reply
  const { platform } = account
  const files = await filesOf(ctx, media)
  if (!files) {
    const why = 'A file of it is gone or was changed. Write it again.'
    await transact(ctx, (work) => refuseReply(work, claim, platform.label, why))
    return undefined
  }
  // The column is written below, and nowhere else.
  const uploads = { ...(known as Uploads) }
  let checkAfterMs: number | undefined
  // Others take files together with the answer.
  for (const file of platform.uploadMedia ? files : []) {
    if (uploads[file.id]?.ready) continue
    const startedAt = now()
    const answer = await upload(account, file, uploads[file.id])
    await noteAnswer(ctx, { account, answer })
    if (answer.ok) uploads[file.id] = answer.value
    await keep(ctx, claim, { file, startedAt, answer }, uploads)
    if (!answer.ok) {
      await stop(ctx, claim, account, answer.error)
      return undefined
    }
    if (!answer.value.ready) checkAfterMs = Math.max(checkAfterMs ?? 0, answer.value.checkAfterMs ?? 2_000)
  }
  if (checkAfterMs !== undefined) {
    const message = `${platform.label} is still processing a file. The answer goes out as soon as it is ready.`
    const until = inMs(checkAfterMs)
    await transact(ctx, (work) => restReply(work, claim, { kind: 'media_processing', message, until }))
    return undefined
  }
  return {
    ...reply,
    media: media.map((each, at) => {
      const [file, there] = [files[at], uploads[each.mediaId]]
      return { ...each, ...(there ? { ref: there.ref } : {}), ...(file ? { file } : {}) }
    }),
  }
}

/** The very files that were fixed with the answer; undefined when one is gone, or has other bytes now. */
async function filesOf(ctx: Ctx, media: readonly FixedFile[]): Promise<readonly MediaFile[] | undefined> {
  const ids = media.map(({ mediaId }) => mediaId)
  const rows = await ctx.db.media.findMany({ where: { id: { in: ids } }, select: { id: true, sha256: true } })
  const isSame = media.every(({ mediaId, sha256 }) => rows.some((row) => row.id === mediaId && row.sha256 === sha256))
  const files = isSame ? await mediaFiles(ctx, { ids }) : undefined
  return files?.ok ? files.value.map((file, at) => ({ ...file, alt: media[at]?.alt ?? file.alt })) : undefined
}

async function upload(
  { platform, app, credentials }: UsableAccount,
  file: MediaFile,
  before: UploadedMedia | undefined,
): Answer<UploadedMedia> {
  if (before && platform.mediaStatus) return platform.mediaStatus(app, credentials, before)
  if (!platform.uploadMedia) throw new Error(`${platform.label} takes files with the answer itself`)
  return platform.uploadMedia(app, credentials, file)
}

/** Ends a run whose files could not be brought: refused for good, or parked for another time. */
const stop = (ctx: Ctx, claim: ReplyClaim, account: UsableAccount, error: PlatformError): Promise<void> =>
  stopBringing(ctx, account, error, 'answer', {
    hold: (work) => holdReply(work, claim),
    refuse: (work, why) => refuseReply(work, claim, account.platform.label, why),
    pause: (work, pause) => restReply(work, claim, pause),
    ask: (work, reason) => askAboutReply(work, claim, reason),
  })

type Tried = {
  readonly file: MediaFile
  readonly startedAt: Date
  readonly answer: Awaited<Answer<UploadedMedia>>
}

/** Keeps what was tried and what is there now, under the fence: a worker that lost its claim writes nothing. */
const keep = (ctx: Ctx, claim: ReplyClaim, { file, startedAt, answer }: Tried, uploads: Uploads): Promise<void> =>
  transact(ctx, async (work) => {
    await holdReply(work, claim)
    await work.db.replyAttempt.create({
      data: {
        ...broughtFile(file.id, startedAt, answer),
        workspaceId: ctx.workspaceId,
        replyId: claim.replyId,
        fence: claim.fence,
      },
      select: { id: true },
    })
    if (answer.ok)
      await work.db.reply.update({
        where: { id: claim.replyId },
        data: { uploads: toJson(uploads) },
        select: { id: true },
      })
  })
