import { z } from 'zod'
import { equalsInConstantTime, hmacSha256 } from '@/lib/core/crypto'
import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Webhook } from '../platform'
import { externalIdOf } from './keys'
import { reachedBy } from './names'

/** Every report, whatever it is about (www.ayrshare.com/docs/apis/webhooks/actions, through a mirror of 2026-10-04). */
const Body = z.looseObject({
  action: z.string().min(1),
  /** The profile it is about. */
  refId: z.string().min(1),
  hookId: z.string().optional(),
  platform: z.string().optional(),
  type: z.string().optional(),
  subAction: z.string().optional(),
  id: z.coerce.string().optional(),
  created: z.string().optional(),
})

/** Ayrshare tries for about an hour; what is older was sent by somebody who recorded it. */
const oldestMs = 90 * minute

const sign = (secret: string, body: Uint8Array): string => hmacSha256(secret, body).toString('hex')

/**
 * HMAC-SHA256 over the body. While a secret is being changed a second header carries the new one. That it is written in
 * hex is Ayrshare's example, not its word: unverified.
 */
export const webhook: Webhook = {
  trust: 'webhook_secret',
  handshake: () => undefined,
  verify({ webhookSecret }, rawBody, headers) {
    const timestamp = headers.get('x-authorization-timestamp') ?? ''
    if (!webhookSecret || !/^\d{1,12}$/.test(timestamp)) return false
    if (Math.abs(now().getTime() - Number(timestamp) * 1_000) > oldestMs) return false
    const ours = sign(webhookSecret, rawBody)
    return ['x-authorization-content-sha256', 'x-authorization-content-sha256-v2']
      .flatMap((name) => headers.get(name) ?? [])
      .some((given) => equalsInConstantTime(given.toLowerCase(), ours))
  },
  read(rawBody) {
    const body = Body.safeParse(parseJson(new TextDecoder().decode(rawBody)))
    if (!body.success) return fail({ reason: 'This is not a report of Ayrshare.' })
    const { action, refId, hookId, platform = '', type, subAction, id, created } = body.data
    const network = reachedBy(platform)
    // About a network that Posthorn does not reach, or about none.
    if (!network) return ok([])
    const kind = [action, subAction ?? type].flatMap((word) => word ?? []).join('.')
    return ok([
      {
        // A hook's id is of the report; where it is missing, what it is about and when.
        externalId: hookId ?? [refId, platform, kind, id ?? '', created ?? ''].join('/'),
        type: kind,
        network,
        accountExternalId: externalIdOf(refId, platform),
        raw: body.data,
      },
    ])
  },
}
