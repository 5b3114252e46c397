import { z } from 'zod'
import { equalsInConstantTime, hmacSha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { AppConfig, Webhook } from '../platform'

const Body = z.object({
  type: z.string(),
  notifications: z.array(
    z.looseObject({
      notificationId: z.union([z.string(), z.number()]).transform(String),
      organizationalEntity: z.string(),
      action: z.string(),
    }),
  ),
})

const secretOf = (app: AppConfig): string | undefined => app.webhookSecret ?? app.clientSecret

/**
 * Signed with the app's client secret: hex of HMAC-SHA256 over `hmacsha256=` and the raw body
 * (learn.microsoft.com/linkedin/shared/api-guide/webhook-validation, a mirror, read 2026-11-21).
 */
export const webhook: Webhook = {
  trust: 'app_secret',
  handshake(app, query) {
    const challengeCode = query.get('challengeCode')
    const secret = secretOf(app)
    if (!challengeCode || !secret) return undefined
    const challengeResponse = hmacSha256(secret, challengeCode).toString('hex')
    return { body: JSON.stringify({ challengeCode, challengeResponse }), contentType: 'application/json' }
  },
  verify(app, rawBody, headers) {
    const given = headers.get('x-li-signature')
    const secret = secretOf(app)
    if (!given || !secret) return false
    const signed = hmacSha256(secret, Buffer.concat([Buffer.from('hmacsha256='), rawBody])).toString('hex')
    return equalsInConstantTime(given.toLowerCase(), signed)
  },
  read(rawBody) {
    const body = Body.safeParse(parseJson(new TextDecoder().decode(rawBody)))
    if (!body.success) return fail({ reason: 'This is not a notification of LinkedIn’s organization social actions.' })
    return ok(
      body.data.notifications.map((notification) => ({
        externalId: notification.notificationId,
        type: notification.action,
        accountExternalId: notification.organizationalEntity,
        raw: notification,
      })),
    )
  },
}
