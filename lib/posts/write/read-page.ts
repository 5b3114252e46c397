import { second } from '@/lib/core/clock'
import { request } from '@/lib/core/http'
import { fail, ok, type Result } from '@/lib/core/result'
import { reachOf } from '../reach'
import type { LinkPreview } from '../schema'
import { readCard } from './link-card'

/** Larger pages and pictures are not waited for, nor slower ones. */
const mostBytes = 2 * 1024 * 1024
const mostPictureBytes = 10 * 1024 * 1024
const patienceMs = 8 * second

/**
 * What a page says of itself, for the card that networks make of a link. Public addresses only, for 8 seconds and 2 MB at
 * most. Fails with the reason, to be put into a sentence.
 */
export async function readPage(url: string): Promise<Result<LinkPreview, string>> {
  const answer = await request({
    url,
    mutation: false,
    timeoutMs: patienceMs,
    maxBytes: mostBytes,
    allow: reachOf(url, 'links'),
    headers: { accept: 'text/html,application/xhtml+xml', 'user-agent': userAgent },
  })
  if (answer.kind !== 'answer') return fail(answer.reason)
  if (answer.status >= 400) return fail(`it answers with ${answer.status}`)
  const type = answer.headers.get('content-type') ?? ''
  if (!/html/i.test(type)) return ok({ url: answer.url, title: null, description: null, imageUrl: null })
  return ok({ url: answer.url, ...readCard(answer.bytes, type, answer.url) })
}

const userAgent = 'Posthorn link preview'

/**
 * The bytes at an address that a page names as its picture; the same bounds, but 10 MB. Nobody looked at what they are.
 * Inside our network only where the page itself is there, at the same origin: another page could name anything.
 */
export async function readPagePicture(url: string, page: string): Promise<Result<Uint8Array, string>> {
  const answer = await request({
    url,
    mutation: false,
    timeoutMs: patienceMs,
    maxBytes: mostPictureBytes,
    allow: new URL(url).origin === new URL(page).origin ? reachOf(url, 'links') : 'public',
    headers: { accept: 'image/jpeg,image/png,image/webp,image/gif', 'user-agent': userAgent },
  })
  if (answer.kind !== 'answer') return fail(answer.reason)
  return answer.status >= 400 ? fail(`it answers with ${answer.status}`) : ok(answer.bytes)
}
