import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { equalsInConstantTime, hmacSha256, sha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import type { Webhook } from '../platform'
import { parseWithLongIds } from './long-ids'

/** An event older than this is somebody's recording. TikTok advises a tolerance and names none; it signs each try anew. */
export const staleAfterMs = 5 * 60_000

const Event = z.object({
  client_key: z.string(),
  event: z.string().min(1),
  create_time: z.number(),
  user_openid: z.string().min(1),
  /** JSON within a string. */
  content: z.string(),
})

/** `reason` of `authorization.removed` (developers.tiktok.com/doc/webhooks-events, from a stored copy, read 2026-11-25). */
const removals: Readonly<Record<number, string>> = {
  1: 'The app was removed in TikTok.',
  2: 'The TikTok account was deleted.',
  3: 'TikTok withdrew the app’s access because the account’s age was changed.',
  4: 'TikTok banned the account.',
  5: 'The app’s access was revoked by its developer.',
}
const Removal = z.object({ reason: z.coerce.number() })
const whyRemoved = (content: unknown): string =>
  removals[Removal.safeParse(content).data?.reason ?? 0] ?? 'TikTok withdrew the app’s access to the account.'

/** Signed with the app's client secret over time and body (developers.tiktok.com/doc/webhooks-verification). No handshake. */
export const webhook: Webhook = {
  trust: 'app_secret',
  handshake: () => undefined,
  verify(app, rawBody, headers) {
    const [, time, signature] = /^t=(\d{1,12}),s=([0-9a-f]+)$/.exec(headers.get('tiktok-signature') ?? '') ?? []
    const secret = app.webhookSecret ?? app.clientSecret
    if (!time || !signature || !secret) return false
    if (Math.abs(now().getTime() - Number(time) * 1000) > staleAfterMs) return false
    const signed = hmacSha256(secret, Buffer.concat([Buffer.from(`${time}.`), rawBody])).toString('hex')
    return equalsInConstantTime(signature, signed)
  },
  read(rawBody) {
    const body = Event.safeParse(parseWithLongIds(new TextDecoder().decode(rawBody)))
    if (!body.success) return fail({ reason: 'This is not an event of TikTok’s.' })
    const { event, create_time, user_openid, content } = body.data
    const told = parseWithLongIds(content)
    return ok([
      {
        // TikTok's events have no name of their own; a repetition is equal in all of this.
        externalId: sha256([event, create_time, user_openid, content].join('\n')),
        type: event,
        accountExternalId: user_openid,
        raw: { ...body.data, content: told ?? content },
        ...(event === 'authorization.removed'
          ? { withdrawn: { at: new Date(create_time * 1_000).toISOString(), reason: whyRemoved(told) } }
          : {}),
      },
    ])
  },
}
