import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { fetchFrom } from '../fetch-file'
import type { Answer, AppConfig, Credentials, FetchedFile } from '../platform'
import { about } from './about'
import { getFile } from './api'
import { telegramError } from './translate'

/** What is needed to bring a file: Telegram's name for it. */
const AskedFile = z.object({ file: z.string(), sizeBytes: z.number().optional() })
export type AskedFile = z.output<typeof AskedFile>

/** Bots are given files of up to 20 MB (core.telegram.org/bots/api#getfile). */
const maxDownloadBytes = 20 * 1024 * 1024

/** Brings a file that somebody sent. Its address has the bot's token in it: nobody else is told of it. */
export async function fetchFile(app: AppConfig, as: Credentials, ask: unknown, mostBytes: number): Answer<FetchedFile> {
  const { file, sizeBytes = 0 } = AskedFile.parse(ask)
  if (sizeBytes > Math.min(mostBytes, maxDownloadBytes)) return ok({ state: 'too_large' })
  const found = await getFile(app, as.accessToken, file)
  if (!found.ok) {
    const { error } = found
    const said = error.kind === 'refused' && error.status === 400 ? (error.problem?.description ?? '') : undefined
    if (said !== undefined) return ok({ state: /too big/i.test(said) ? 'too_large' : 'gone' })
    return fail(telegramError(error, 'none', now()))
  }
  const { file_path: path = '' } = found.value.body
  // The token stands before it: nothing that could lead elsewhere may be in it.
  if (!/^[\w./-]+$/.test(path) || path.split('/').includes('..')) return ok({ state: 'gone' })
  return fetchFrom({ label: about.label, url: `${app.apiUrl}/file/bot${as.accessToken}/${path}`, mostBytes })
}
