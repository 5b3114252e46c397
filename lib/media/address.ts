import { day, now } from '@/lib/core/clock'
import { isSigned, sign } from '@/lib/core/crypto'
import { env } from '@/lib/core/env'
import { storeAddress } from '@/lib/core/storage'
import { acceptedTypes } from './schema'
import { isAccepted } from './take'

const purpose = 'public media'
/** Networks fetch within minutes, but a post may wait for days between its upload and its next try. */
const holdsForDays = 3

export type PublicFile = { readonly key: string; readonly mime: string }

/** The day that an address counts from: within it, the same file has the same address, so that a retry sends the same bytes. */
const today = (): number => Math.floor(now().getTime() / day)

/** A signed name of a stored file, ending as files of its type do: some networks look at that. */
export function publicToken({ key, mime }: PublicFile, expiresAt: Date): string {
  const said = Buffer.from([key, mime, Math.floor(expiresAt.getTime() / 1_000)].join('|')).toString('base64url')
  const extension = isAccepted(mime) ? acceptedTypes[mime].extension : 'bin'
  return `${said}.${sign(said, purpose)}.${extension}`
}

/** The file that a token names; undefined when it is not ours, was changed, or has expired. */
export function readPublicToken(token: string): PublicFile | undefined {
  const [said = '', keyId = '', mac = ''] = token.split('.')
  if (!isSigned(said, purpose, `${keyId}.${mac}`)) return undefined
  const [key, mime, expires] = Buffer.from(said, 'base64url').toString('utf8').split('|')
  return key && mime && Number(expires) * 1_000 > now().getTime() ? { key, mime } : undefined
}

/**
 * An address at which anyone may fetch a stored file for two to three days: at the bucket when it has a public
 * endpoint, at APP_URL otherwise. It is the same all day (UTC).
 */
export async function publicUrl(file: PublicFile): Promise<string> {
  const from = new Date(today() * day)
  const expiresInSeconds = (holdsForDays * day) / 1_000
  const atStore = await storeAddress(file.key, { mime: file.mime, from, expiresInSeconds })
  if (atStore) return atStore
  const token = publicToken(file, new Date(from.getTime() + holdsForDays * day))
  return `${env().APP_URL}/api/media/public/${token}`
}
