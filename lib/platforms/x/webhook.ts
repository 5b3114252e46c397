import { z } from 'zod'
import { equalsInConstantTime, hmacSha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { AppConfig, Webhook, WebhookEvent } from '../platform'
import { toPublished } from './translate'

const Body = z.object({
  data: z.object({
    event_uuid: z.string().min(1),
    event_type: z.string(),
    filter: z.object({ user_id: z.string() }),
    payload: z.record(z.string(), z.unknown()).optional(),
    /** Who wrote it, and its files: read where it is understood. */
    includes: z.unknown().optional(),
  }),
})
const NewPost = z.object({ id: z.string(), text: z.string(), created_at: z.string() })

const sign = (secret: string, text: string | Uint8Array): string =>
  `sha256=${hmacSha256(secret, text).toString('base64')}`

/** Signed with the app's consumer secret (docs.x.com/x-api/webhooks/quickstart, read 2026-11-21). */
export const webhook: Webhook = {
  trust: 'webhook_secret',
  handshake(app, query) {
    const token = query.get('crc_token')
    if (!token || !app.webhookSecret) return undefined
    return { body: JSON.stringify({ response_token: sign(app.webhookSecret, token) }), contentType: 'application/json' }
  },
  verify(app, rawBody, headers) {
    const given = headers.get('x-twitter-webhooks-signature')
    return (
      Boolean(given && app.webhookSecret) && equalsInConstantTime(given ?? '', sign(app.webhookSecret ?? '', rawBody))
    )
  },
  read(rawBody, app) {
    const body = Body.safeParse(parseJson(new TextDecoder().decode(rawBody)))
    if (!body.success) return fail({ reason: 'This is not an event of X’s activity API.' })
    return ok([toEvent(body.data.data, app)])
  },
}

function toEvent(event: z.output<typeof Body>['data'], app: AppConfig | undefined): WebhookEvent {
  const post = event.event_type === 'post.create' ? NewPost.safeParse(event.payload) : undefined
  return {
    externalId: event.event_uuid,
    type: event.event_type,
    accountExternalId: event.filter.user_id,
    raw: event,
    ...(post?.success
      ? {
          published: {
            externalId: post.data.id,
            url: toPublished(app?.webUrl ?? 'https://x.com', post.data.id).url,
            text: post.data.text,
            at: post.data.created_at,
          },
        }
      : {}),
  }
}
