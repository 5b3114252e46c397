import { z } from 'zod'
import { minute } from '@/lib/core/clock'
import { request } from '@/lib/core/http'
import { fail, ok } from '@/lib/core/result'
import type { Answer, FetchedFile, Inbox, PlatformError } from './platform'

type Asked = {
  readonly label: string
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly mostBytes: number
  /** What a refusal is where it is no end: of a token that is spent. */
  readonly mended?: (status: number) => PlatformError | undefined
}

/** Brings a file from an address that a network gave. Its refusal is an end: addresses are signed, and end. */
export async function fetchFrom({ label, url, headers = {}, mostBytes, mended }: Asked): Answer<FetchedFile> {
  if (!URL.canParse(url)) return ok({ state: 'gone' })
  const outcome = await request({
    url,
    headers,
    mutation: false,
    maxBytes: mostBytes,
    timeoutMs: minute,
    allow: 'networks',
  })
  if (outcome.kind !== 'answer') {
    if ('isTooLong' in outcome) return ok({ state: 'too_large' })
    // Nobody may be sent there: the network named it all the same.
    if ('isBlocked' in outcome) return ok({ state: 'gone' })
    return fail({ code: 'unavailable', reason: `${label} did not give the file: ${outcome.reason}.` })
  }
  const { status, bytes } = outcome
  if (status >= 200 && status < 300) return ok({ state: 'here', bytes })
  const trouble = mended?.(status)
  if (trouble) return fail(trouble)
  if (status >= 400 && status < 500 && status !== 408 && status !== 429) return ok({ state: 'gone' })
  return fail({ code: 'unavailable', reason: `${label} did not give the file (HTTP ${status}).` })
}

const AskedAddress = z.object({ url: z.string() })
export type AskedAddress = z.output<typeof AskedAddress>

/** `Inbox.fetchFile` of a network whose addresses are open to whoever has them, and end. */
export const byAddress =
  (label: string): NonNullable<Inbox['fetchFile']> =>
  async (_app, _as, ask, mostBytes) =>
    fetchFrom({ label, url: AskedAddress.parse(ask).url, mostBytes })
