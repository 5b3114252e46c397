import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, Credentials, MediaFile, UploadedMedia } from '../platform'
import { leaseMedia, putMedia, type Lease, type Upload } from './api'
import { redditError, type Ref } from './translate'

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
}

/** One dark point. Reddit takes no video without a poster, and shows a picture of the video's own soon after. */
const poster = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const posterFile: Upload = {
  mime: 'image/png',
  sizeBytes: poster.byteLength,
  filename: 'poster.png',
  open: () => new Blob([new Uint8Array(poster)]).stream(),
}

/** Where a file lies once it was brought: the store's address and the key that Reddit signed. */
function addressOf(app: AppConfig, { args }: Lease): string {
  const key = args.fields.find(({ name }) => name === 'key')?.value ?? ''
  return `${new URL(args.action, app.apiUrl).href.replace(/\/$/, '')}/${key}`
}

async function bring(app: AppConfig, as: Credentials, file: Upload): Answer<Ref> {
  const lease = await leaseMedia(app, as, file.filename, file.mime)
  if (!lease.ok) return fail(redditError(lease.error, 'none', now()))
  const put = await putMedia(app, lease.value.body, file)
  if (!put.ok) return fail(redditError(put.error, 'none', now()))
  return ok({ assetId: lease.value.body.asset.asset_id, url: addressOf(app, lease.value.body) })
}

/** A video that is there, and lacks its poster. */
const Posterless = z.object({ assetId: z.string(), url: z.string() })

/**
 * Repeating it makes a second file that nobody sees. Reddit works on files after the post, not before. Each file goes in
 * one request; a video is noted before its poster goes.
 */
export async function uploadMedia(
  app: AppConfig,
  as: Credentials,
  file: MediaFile,
  before?: UploadedMedia,
): Answer<UploadedMedia> {
  const known = Posterless.safeParse(before?.ref)
  if (known.success) {
    const still = await bring(app, as, posterFile)
    return still.ok ? ok({ ref: { ...known.data, poster: still.value.url }, ready: true }) : still
  }
  const filename = `${file.kind}.${extensions[file.mime] ?? 'bin'}`
  const brought = await bring(app, as, { ...file, filename, open: () => file.open() })
  if (!brought.ok) return brought
  return ok(
    file.kind === 'video' ? { ref: brought.value, ready: false, more: true } : { ref: brought.value, ready: true },
  )
}
