import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { fetchFrom } from '../fetch-file'
import { isGone } from '../graph'
import type { Answer, AppConfig, Credentials, FetchedFile } from '../platform'
import { getMedia } from './api'
import { label, whatsappError } from './translate'

/** What is needed to bring a file: WhatsApp's name for it, good for 30 days. */
const AskedMedia = z.object({ media: z.string() })
export type AskedMedia = z.output<typeof AskedMedia>

/** Hosts that the token may be shown to. An answer alone does not say where it goes. */
const isTheirs = (url: string, app: AppConfig): boolean =>
  URL.canParse(url) &&
  (new URL(url).origin === new URL(app.apiUrl).origin ||
    (url.startsWith('https://') && /(^|\.)(fbsbx|facebook|whatsapp)\.(com|net)$/.test(new URL(url).hostname)))

/** Brings a file that somebody sent: first where it is, then its bytes, both by the token. */
export async function fetchFile(app: AppConfig, as: Credentials, ask: unknown, mostBytes: number): Answer<FetchedFile> {
  const place = await getMedia(app, as, AskedMedia.parse(ask).media, as.externalId)
  if (!place.ok) return isGone(place.error) ? ok({ state: 'gone' }) : fail(whatsappError(place.error, 'none', now()))
  const { url, file_size = 0 } = place.value.body
  if (file_size > mostBytes) return ok({ state: 'too_large' })
  if (!isTheirs(url, app)) return ok({ state: 'gone' })
  return fetchFrom({ label, url, headers: { authorization: `Bearer ${as.accessToken}` }, mostBytes })
}
