import { noteAnswer, type UsableAccount } from '@/lib/accounts'
import { now } from '@/lib/core/clock'
import type { Answer, MediaFile, PlatformError, UploadedMedia } from '@/lib/platforms'
import type { Ctx } from '@/lib/workspace'
import { broughtFile, type Attempted } from './attempt'
import { heldNow, stillHeld } from './kept'

/** The network's handles on files, by media id. */
export type Uploads = Readonly<Record<string, UploadedMedia>>

/** What is to be brought, and how its room keeps what came of it. */
export type Bringing = {
  readonly mediaIds: readonly string[]
  /** What is there already. */
  readonly uploads: Uploads
  /** A file to send; undefined when it is gone. */
  file(mediaId: string): Promise<MediaFile | undefined>
  /** How a file is brought, where that is not as with a post. */
  upload?(file: MediaFile): Answer<UploadedMedia>
  /** One transaction under the claim. `uploads` is given when the network took it. */
  keep(tried: Attempted, uploads: Uploads | undefined): Promise<void>
}

export type Brought =
  | { readonly what: 'ready'; readonly uploads: Uploads }
  /** The network is still at work on them. */
  | { readonly what: 'working'; readonly checkAfterMs: number }
  | { readonly what: 'gone' }
  | { readonly what: 'failed'; readonly error: PlatformError }

/** How soon a network is asked again that does not say when. */
const usuallyMs = 2_000

/**
 * Brings files to the network, each in as many stretches as it takes, and asks how it comes on with those it has, over as many runs as it takes. Each answer is
 * kept before the next call, so a restart brings nothing twice; to do so would harm nobody, for a file alone shows
 * nowhere.
 */
export async function bring(
  ctx: Ctx,
  account: UsableAccount,
  { mediaIds, file, keep, upload, ...q }: Bringing,
): Promise<Brought> {
  let { uploads } = q
  let checkAfterMs: number | undefined
  for (const mediaId of mediaIds) {
    let known = uploads[mediaId]
    // What is still being processed is asked about, and says itself whether it is there.
    if (known?.ready) known = stillHeld(known, account.platform)
    if (known?.ready) continue
    do {
      const startedAt = now()
      const asking = await ask(account, known, () => file(mediaId), upload)
      if (!asking) return { what: 'gone' }
      const answer = await asking.answer
      await noteAnswer(ctx, { account, answer })
      const tried = broughtFile(mediaId, startedAt, answer)
      if (!answer.ok) {
        await keep(tried, undefined)
        return { what: 'failed', error: answer.error }
      }
      known = heldNow(answer.value)
      uploads = { ...uploads, [mediaId]: known }
      await keep(tried, uploads)
    } while (known.more)
    if (!known.ready) checkAfterMs = Math.max(checkAfterMs ?? 0, known.checkAfterMs ?? usuallyMs)
  }
  return checkAfterMs === undefined ? { what: 'ready', uploads } : { what: 'working', checkAfterMs }
}

/** @returns undefined when there is nothing to bring any more */
async function ask(
  { platform, app, credentials }: UsableAccount,
  known: UploadedMedia | undefined,
  open: () => Promise<MediaFile | undefined>,
  upload: Bringing['upload'],
): Promise<{ readonly answer: Answer<UploadedMedia> } | undefined> {
  if (known && !known.more && platform.mediaStatus) return { answer: platform.mediaStatus(app, credentials, known) }
  const file = await open()
  if (!file) return undefined
  if (upload) return { answer: upload(file) }
  if (!platform.uploadMedia) throw new Error(`${platform.label} takes files together with what they belong to`)
  return { answer: platform.uploadMedia(app, credentials, file, known) }
}
