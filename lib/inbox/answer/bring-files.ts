import type { UsableAccount } from '@/lib/accounts'
import { inMs } from '@/lib/core/clock'
import { toJson } from '@/lib/core/json'
import { mediaFiles } from '@/lib/media'
import type { MediaFile, PlatformError, Reply } from '@/lib/platforms'
import { bring, stopBringing, writeHeld, type Attempted, type Uploads } from '@/lib/sending'
import { transact, type Ctx } from '@/lib/workspace'
import type { FixedFile, FixedReply } from './answer-files'
import { holdReply, type ReplyClaim } from './reply-claim'
import { askAboutReply, forgetLapsed, refuseReply, restReply } from './stop-reply'

type Row = { readonly reply: FixedReply; readonly uploads: unknown }

/**
 * Brings the files of an answer to the network before it is sent, over as many runs as it takes.
 * @returns the answer with its files; undefined when it was parked or refused
 */
export async function bringFiles(
  ctx: Ctx,
  claim: ReplyClaim,
  account: UsableAccount,
  row: Row,
): Promise<Reply | undefined> {
  const { media = [] } = row.reply
  if (media.length === 0) return row.reply
  const { platform, app, credentials } = account
  const way = platform.inbox?.bringFile?.bind(platform.inbox)
  const isAhead = (way ?? platform.uploadMedia) !== undefined
  // Others take files together with the answer. What the network has already may be gone here.
  const files = isAhead ? [] : await filesOf(ctx, media)
  const brought =
    files &&
    (await bring(ctx, account, {
      mediaIds: isAhead ? media.map(({ mediaId }) => mediaId) : [],
      // The column is written below, and nowhere else.
      uploads: row.uploads as Uploads,
      async file(mediaId) {
        const found = await filesOf(
          ctx,
          media.filter((each) => each.mediaId === mediaId),
        )
        return found?.[0]
      },
      ...(way ? { upload: (file) => way(app, credentials, file, row.reply.to) } : {}),
      keep: (tried, uploads) => keepTried(ctx, claim, tried, uploads),
    }))
  switch (brought?.what) {
    case 'ready':
      return {
        ...row.reply,
        media: media.map((each, at) => {
          const [file, there] = [files?.[at], brought.uploads[each.mediaId]]
          return { ...each, ...(there ? { ref: there.ref } : {}), ...(file ? { file } : {}) }
        }),
      }
    case 'failed':
      await stop(ctx, claim, account, brought.error)
      return undefined
    case 'working': {
      const message = `${platform.label} is still processing a file. The answer goes out as soon as it is ready.`
      const until = inMs(brought.checkAfterMs)
      await transact(ctx, (work) => restReply(work, claim, { kind: 'media_processing', message, until }))
      return undefined
    }
    case 'gone':
    case undefined: {
      const why = 'A file of this answer is gone, or was changed since it was written. Write it again.'
      await writeHeld(
        ctx,
        (work) => holdReply(work, claim),
        (work) => refuseReply(work, claim, why),
      )
      return undefined
    }
  }
}

/** The very files that were fixed with the answer; undefined when one is gone or lost, or has other bytes now. */
async function filesOf(ctx: Ctx, media: readonly FixedFile[]): Promise<readonly MediaFile[] | undefined> {
  const ids = media.map(({ mediaId }) => mediaId)
  const rows = await ctx.db.media.findMany({ where: { id: { in: ids } }, select: { id: true, sha256: true } })
  const isSame = media.every(({ mediaId, sha256 }) => rows.some((row) => row.id === mediaId && row.sha256 === sha256))
  const files = isSame ? await mediaFiles(ctx, { ids, stored: true }) : undefined
  return files?.ok && files.value.length === ids.length
    ? files.value.map((file, at) => ({ ...file, alt: media[at]?.alt ?? file.alt }))
    : undefined
}

/** Ends a run whose files could not be brought: refused for good, or parked for another time. */
const stop = (ctx: Ctx, claim: ReplyClaim, account: UsableAccount, error: PlatformError): Promise<void> =>
  stopBringing(ctx, account, error, 'answer', {
    hold: (work) => holdReply(work, claim),
    close: (work) => forgetLapsed(work, claim.replyId, error),
    refuse: (work, why) => refuseReply(work, claim, why),
    pause: (work, pause) => restReply(work, claim, pause),
    ask: (work, reason) => askAboutReply(work, claim, reason),
  })

/** Keeps what was tried and what is there now, under the fence: a worker that lost its claim writes nothing. */
const keepTried = (ctx: Ctx, claim: ReplyClaim, tried: Attempted, uploads: Uploads | undefined): Promise<void> =>
  transact(ctx, async (work) => {
    await holdReply(work, claim)
    await work.db.replyAttempt.create({
      data: { ...tried, workspaceId: ctx.workspaceId, replyId: claim.replyId, fence: claim.fence },
      select: { id: true },
    })
    if (uploads)
      await work.db.reply.update({
        where: { id: claim.replyId },
        data: { uploads: toJson(uploads) },
        select: { id: true },
      })
  })
