import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok } from '@/lib/core/result'
import { fetchFrom } from '../fetch-file'
import type { Answer, AppConfig, Credentials, FetchedFile, IncomingFile, PlatformError } from '../platform'
import { about } from './about'
import type { Includes } from './api'
import { xError } from './translate'

type Media = NonNullable<Includes['media']>[number]

const kinds: Readonly<Record<string, IncomingFile['kind']>> = { photo: 'image', animated_gif: 'video', video: 'video' }

/** Where its bytes are: a film has several renderings, of which the finest that is one file is taken. */
function addressOf({ url, variants }: Media): string | undefined {
  const films = (variants ?? []).filter((one) => one.content_type === 'video/mp4' && one.url)
  return url ?? films.toSorted((a, b) => (b.bit_rate ?? 0) - (a.bit_rate ?? 0))[0]?.url ?? undefined
}

const named = (keys: readonly string[] | null | undefined, includes: Includes | undefined) =>
  (keys ?? []).flatMap((key) => includes?.media?.find(({ media_key }) => media_key === key) ?? [])

/** What came with a post: anybody may see it. X moves no GIFs but as films. */
export const publicFiles = (
  keys: readonly string[] | null | undefined,
  includes: Includes | undefined,
): readonly IncomingFile[] =>
  named(keys, includes).flatMap((media) => {
    const url = addressOf(media)
    return url ? [{ kind: kinds[media.type] ?? 'file', url }] : []
  })

/** `dm`, `media` and `resource` are X's names for a file of a message; `url` is where a film of one is. */
const AskedFile = z.union([
  z.object({ dm: z.string(), media: z.string(), resource: z.string() }),
  z.object({ url: z.string() }),
])
type AskedFile = z.output<typeof AskedFile>

/** A picture's address ends in the names by which the API gives it: `…/dm/<event>/<media>/<resource>`. */
const inMessages = /\/dm\/(\d{1,19})\/(\d{1,19})\/([\w.-]{1,50})(?:[?#:].*)?$/

/** What came with a message: its addresses are open to nobody without the account's token. */
export const privateFiles = (
  keys: readonly string[] | null | undefined,
  includes: Includes | undefined,
): readonly IncomingFile[] =>
  named(keys, includes).map((media) => {
    const kind = kinds[media.type] ?? 'file'
    const url = addressOf(media)
    if (!url) return { kind }
    const [, dm, id, resource] = inMessages.exec(url) ?? []
    const ask: AskedFile = dm && id && resource ? { dm, media: id, resource } : { url }
    return { kind, ask }
  })

/** Hosts that the token may be shown to: an answer alone does not say where it goes. */
const isTheirs = (url: string, app: AppConfig): boolean =>
  URL.canParse(url) &&
  (new URL(url).origin === new URL(app.apiUrl).origin ||
    (url.startsWith('https://') && /(^|\.)(twimg|twitter|x)\.com$/.test(new URL(url).hostname)))

/** Brings a file of a message (X API OpenAPI 2.167, `dmConversationsMediaDownload`; takes `dm.read`). */
export async function fetchFile(
  app: AppConfig,
  as: Credentials,
  given: unknown,
  mostBytes: number,
): Answer<FetchedFile> {
  const ask = AskedFile.parse(given)
  const url = 'url' in ask ? ask.url : `${app.apiUrl}/2/dm_conversations/media/${ask.dm}/${ask.media}/${ask.resource}`
  if (!isTheirs(url, app)) return ok({ state: 'gone' })
  return fetchFrom({
    label: about.label,
    url,
    headers: { authorization: `Bearer ${as.accessToken}` },
    mostBytes,
    mended: waits,
  })
}

/** A spent token, and a limit that ends: the file is still there. */
const waits = (status: number): PlatformError | undefined =>
  status === 401 || status === 429
    ? xError({ kind: 'refused', status, headers: new Headers() }, 'none', now())
    : undefined
