import { Webhook } from 'standardwebhooks'
import { now, second } from '@/lib/core/clock'
import { request, type HttpOutcome } from '@/lib/core/http'
import { liftedAfter, liftedAt } from '@/lib/platforms'
import { isNamed } from './address'

const timeoutMs = 15 * second

type Spoken = { readonly id: string; readonly body: string }
type To = { readonly url: string; readonly secrets: readonly string[] }

type Judgement =
  | { readonly kind: 'delivered'; readonly status: number }
  /** `isGone`: it wants no more. `notBefore`: when it asks to be told again. `why` is a sentence. */
  | {
      readonly kind: 'refused'
      readonly status: number | null
      readonly why: string
      readonly isGone: boolean
      readonly notBefore?: Date
    }
export type Heard = Judgement & { readonly durationMs: number }

/** Tells a program something, signed as https://www.standardwebhooks.com has it, and says how it was taken. */
export async function callProgram({ url, secrets }: To, { id, body }: Spoken): Promise<Heard> {
  const at = now()
  const startedAt = performance.now()
  const outcome = await request({
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Posthorn',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / second)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
    },
    body,
    // Redirects are handed back: what is signed for one address is not carried to another.
    mutation: true,
    timeoutMs,
    allow: isNamed(url) ? 'webhooks' : 'public',
  })
  return { ...judged(outcome), durationMs: Math.round(performance.now() - startedAt) }
}

function judged(outcome: HttpOutcome): Judgement {
  if (outcome.kind !== 'answer') return { kind: 'refused', status: null, why: `${outcome.reason}.`, isGone: false }
  const { status, headers } = outcome
  if (status >= 200 && status < 300) return { kind: 'delivered', status }
  const notBefore = status === 429 || status === 503 ? askedFor(headers, now()) : undefined
  return { kind: 'refused', status, why: whyOf(status), isGone: status === 410, ...(notBefore && { notBefore }) }
}

const whyOf = (status: number): string =>
  status >= 300 && status < 400
    ? `It answered with ${status}. Redirects are not followed: enter the address that it leads to.`
    : `It answered with ${status}.`

/** `Retry-After`, which is seconds or a date (RFC 9110, section 10.2.3). */
function askedFor(headers: Headers, at: Date): Date | undefined {
  const given = headers.get('retry-after') ?? ''
  return /^\d+$/.test(given) ? liftedAfter(Number(given), at) : liftedAt(Date.parse(given), at)
}
