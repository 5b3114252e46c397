import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { multipart } from '../multipart'
import type { Answer, AppConfig, Credentials, MediaFile, UploadedMedia } from '../platform'
import { getFile, uploadFile, type Attachment } from './api'
import { forgotten, mastodonError } from './translate'

/** -1 to 1 from the middle, upwards (docs.joinmastodon.org/api/guidelines/#focal-points). */
const focusOf = ({ x, y }: NonNullable<MediaFile['focus']>): string =>
  `${(x * 2 - 1).toFixed(2)},${(1 - y * 2).toFixed(2)}`

/** Repeating it makes a second file that nobody sees. */
export async function uploadMedia(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia> {
  const fields = {
    ...(file.alt ? { description: file.alt } : {}),
    ...(file.focus ? { focus: focusOf(file.focus) } : {}),
  }
  const form = multipart(fields, {
    name: 'file',
    filename: `${file.id}.${file.mime.split('/')[1] ?? 'bin'}`,
    mime: file.mime,
    sizeBytes: file.sizeBytes,
    open: () => file.open(),
  })
  const uploaded = await uploadFile(app, as, form)
  return uploaded.ok ? progress(uploaded.value.body) : fail(mastodonError(uploaded.error, 'none', now()))
}

export async function mediaStatus(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia> {
  const file = await getFile(app, as, String(media.ref))
  if (file.ok) return progress(file.value.body)
  const isGone = file.error.kind === 'refused' && file.error.status === 404
  return fail(isGone ? forgotten() : mastodonError(file.error, 'none', now()))
}

const progress = async ({ id, url }: Attachment): Answer<UploadedMedia> =>
  ok(url ? { ref: id, ready: true } : { ref: id, ready: false, checkAfterMs: 1_500 })
