import { createPublicKey, verify as verifySignature } from 'node:crypto'
import { z } from 'zod'
import { minute, now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Webhook } from '../platform'

/** Type 0 asks whether somebody is there; type 1 carries an event (discord.com/developers/docs/events/webhook-events). */
const Ping = z.object({ type: z.literal(0) })
const Body = z.object({
  type: z.literal(1),
  application_id: z.string(),
  event: z.looseObject({
    type: z.string(),
    timestamp: z.iso.datetime({ offset: true, local: true }),
    data: z
      .looseObject({ user: z.object({ id: z.string() }).optional(), guild: z.object({ id: z.string() }).optional() })
      .optional(),
  }),
})

/** Discord's events say their time in UTC without saying so. */
const instantOf = (timestamp: string): string =>
  new Date(/(?:Z|[+-]\d\d:\d\d)$/.test(timestamp) ? timestamp : `${timestamp}Z`).toISOString()

/** What DER puts before the 32 bytes of an Ed25519 key (RFC 8410). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex')

/** Discord tries for 10 minutes; what is older was sent by somebody who recorded it. */
const oldestMs = 15 * minute

/** Ed25519 over the timestamp and the raw bytes. Comparing is the algorithm's own business: there is no secret on our side. */
export function isSigned(publicKey: string, q: { timestamp: string; body: Uint8Array; signature: string }): boolean {
  if (!/^[0-9a-f]{64}$/i.test(publicKey) || !/^[0-9a-f]{128}$/i.test(q.signature)) return false
  const key = createPublicKey({
    key: Buffer.concat([derPrefix, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  })
  return verifySignature(null, Buffer.concat([Buffer.from(q.timestamp), q.body]), key, Buffer.from(q.signature, 'hex'))
}

/** Events about the app: who installed it, who took it away. Messages come by the Gateway only. */
export const webhook: Webhook = {
  trust: 'public_key',
  handshake: () => undefined,
  greet(rawBody) {
    const ping = Ping.safeParse(parseJson(new TextDecoder().decode(rawBody)))
    return ping.success ? { status: 204 } : undefined
  },
  verify(app, rawBody, headers) {
    const timestamp = headers.get('x-signature-timestamp')
    const signature = headers.get('x-signature-ed25519')
    if (!app.webhookPublicKey || !timestamp || !signature || !/^\d{1,12}$/.test(timestamp)) return false
    if (Math.abs(now().getTime() - Number(timestamp) * 1000) > oldestMs) return false
    return isSigned(app.webhookPublicKey, { timestamp, body: rawBody, signature })
  },
  read(rawBody) {
    const body = Body.safeParse(parseJson(new TextDecoder().decode(rawBody)))
    if (!body.success) return fail({ reason: 'This is not a webhook event of Discord.' })
    const { application_id: application, event } = body.data
    const who = event.data?.guild?.id ?? event.data?.user?.id ?? application
    return ok([
      {
        // Discord gives events no id: their instant, to the microsecond, tells them apart.
        externalId: [application, event.type, event.timestamp, event.data?.user?.id ?? ''].join('/'),
        type: event.type,
        accountExternalId: who,
        raw: event,
        ...(event.type === 'APPLICATION_DEAUTHORIZED'
          ? {
              withdrawn: { at: instantOf(event.timestamp), reason: 'Whoever connected it removed the app in Discord.' },
            }
          : {}),
      },
    ])
  },
}
