import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { env } from './env'

const keys = () =>
  env().ENCRYPTION_KEYS.map((pair) => {
    const at = pair.indexOf(':')
    return { id: pair.slice(0, at), bytes: Buffer.from(pair.slice(at + 1), 'base64') }
  })

/**
 * Encrypts with AES-256-GCM under the first key of ENCRYPTION_KEYS.
 * `purpose` is bound to the text: what was sealed for one purpose does not open for another.
 * @returns `keyId.iv.tag.data`, each but the first in base64url.
 */
export function seal(plain: string, purpose: string): string {
  const [current] = keys()
  if (!current) throw new Error('ENCRYPTION_KEYS is empty')
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', current.bytes, iv).setAAD(Buffer.from(`${current.id}|${purpose}`))
  const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  return [
    current.id,
    iv.toString('base64url'),
    cipher.getAuthTag().toString('base64url'),
    data.toString('base64url'),
  ].join('.')
}

/** Decrypts what `seal` made for the same purpose. Throws when the text was changed or its key is gone. */
export function unseal(sealed: string, purpose: string): string {
  const [id, iv, tag, data] = sealed.split('.')
  const key = keys().find((k) => k.id === id)
  if (!key) throw new Error(`No key "${id}" in ENCRYPTION_KEYS: put the retired key back, after the current one`)
  const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv ?? '', 'base64url'), {
    authTagLength: 16,
  }).setAAD(Buffer.from(`${id}|${purpose}`))
  decipher.setAuthTag(Buffer.from(tag ?? '', 'base64url'))
  return Buffer.concat([decipher.update(Buffer.from(data ?? '', 'base64url')), decipher.final()]).toString('utf8')
}

/** The id of the key that seals; what was sealed with it begins with the id and a dot. */
export const currentKeyId = (): string => keys()[0]?.id ?? ''

/** The ids of all keys, the current one first. */
export const keyIds = (): readonly string[] => keys().map(({ id }) => id)

/** True when a text was sealed under another key than the current one, and should be sealed again. */
export const isSealedWithOldKey = (sealed: string): boolean => sealed.split('.')[0] !== currentKeyId()

/** Seals again, under the current key, what may have been sealed under an older one. */
export const reseal = (sealed: string, purpose: string): string => seal(unseal(sealed, purpose), purpose)

/** A secret for an address or a key: 32 random bytes in base64url. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** Hex SHA-256: how tokens are kept, and how requests are recognised. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

export const hmacSha256 = (secret: string, text: string | Uint8Array): Buffer =>
  createHmac('sha256', secret).update(text).digest()

/** Compares in a time that does not depend on where the first difference is. */
export const equalsInConstantTime = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)))

/** A key of its own for each purpose (HKDF, RFC 5869), so that what signs never is what encrypts. */
const signatureOf = (key: Uint8Array, text: string, purpose: string): string =>
  createHmac('sha256', new Uint8Array(hkdfSync('sha256', key, '', `sign|${purpose}`, 32)))
    .update(text)
    .digest('base64url')

/** Signs a text that others will hand back to us, with the first key of ENCRYPTION_KEYS. @returns `keyId.signature`; the same text gives the same. */
export function sign(text: string, purpose: string): string {
  const [current] = keys()
  if (!current) throw new Error('ENCRYPTION_KEYS is empty')
  return `${current.id}.${signatureOf(current.bytes, text, purpose)}`
}

/** True when `sign` made this signature of this very text, for the same purpose, with a key that is still kept. */
export function isSigned(text: string, purpose: string, signature: string): boolean {
  const [id, given] = signature.split('.')
  const key = keys().find((one) => one.id === id)
  return key !== undefined && given !== undefined && equalsInConstantTime(given, signatureOf(key.bytes, text, purpose))
}
