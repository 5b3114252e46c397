import { now } from '@/lib/core/clock'
import { request } from '@/lib/core/http'
import { storeAddress } from '@/lib/core/storage'
import type { Finding, Platform } from '@/lib/platforms'
import { storeMark } from '@/lib/workspace'
import { isLoopback } from './loopback'
import type { Examined } from './schema'

/** Whether a network that fetches files from us can: our own address is called the way anyone outside would call it. */
export async function addressFinding(
  { label, fetchesMedia = [] }: Pick<Platform, 'label' | 'fetchesMedia'>,
  apiUrl: string,
  site: string,
): Promise<Examined> {
  const of = { name: 'media_address', label: 'Public address for media' }
  if (fetchesMedia.length === 0)
    return { ...of, state: 'good', message: `None is needed: files are sent to ${label} byte by byte.` }
  if (isLoopback(apiUrl))
    return { ...of, state: 'good', message: 'The sandbox is on this machine and fetches files from it.', copy: site }
  const { setting, asked, remedy } = await fetchedFrom(site)
  const copy = new URL(asked).origin
  const finding = (state: Finding['state'], message: string): Examined => ({ ...of, state, message, copy })
  const what = `${label} fetches ${fetchesMedia.map((kind) => kinds[kind]).join(' and ')} from ${setting}`
  const { host } = new URL(asked)
  if (isLoopback(asked))
    return finding(
      'problem',
      `${what}, and it cannot reach ${host}. Set ${setting} to an https address that the internet can open.`,
    )
  const answer = await request({ url: asked, mutation: false, timeoutMs: 8_000, maxBytes: 64 * 1024 })
  if (answer.kind !== 'answer')
    return finding(
      'problem',
      `${what}, and that address does not answer: ${answer.reason}. Check DNS, certificate and firewall.`,
    )
  return answer.status < 400
    ? finding('good', `${host} answers from the public internet, so files can be fetched from it.`)
    : finding('problem', `${what}, and that address answers with ${answer.status}. ${remedy}`)
}

const addressAtStore = (key: string) => storeAddress(key, { mime: 'image/jpeg', from: now(), expiresInSeconds: 60 })

/** Never reached by a process of ours, the bucket has nothing to ask for. */
const notMarked = 'file'

/** Where networks fetch files: what says so, the address there of something that is there, and what to see to when it is refused. */
export async function fetchedFrom(site: string) {
  // AWS answers 403 for what is not there to a key that may not list the bucket, as it does to one that may not read.
  const atStore = await addressAtStore((await storeMark()) ?? notMarked)
  return atStore
    ? {
        setting: 'S3_PUBLIC_ENDPOINT',
        asked: atStore,
        remedy: 'See that it leads to the bucket of S3_BUCKET, and that its key may read files there (s3:GetObject).',
      }
    : {
        setting: 'APP_URL',
        asked: `${site}/api/health`,
        remedy: 'See that it leads to Posthorn, and that nothing in front of it wants a sign-in.',
      }
}

/** Where the addresses begin at which networks fetch files: at the bucket, where it is open to them, else here. */
export async function mediaPrefix(site: string): Promise<string> {
  const atStore = await addressAtStore('file')
  return atStore ? new URL('.', atStore).href : `${site}/api/media/public/`
}

const kinds = { image: 'pictures', gif: 'GIFs', video: 'videos', document: 'documents' } as const
