import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { equalsInConstantTime, hmacSha256, sha256 } from '@/lib/core/crypto'
import { fail, ok } from '@/lib/core/result'
import { parseReport } from './outcome'
import type { AppConfig, Webhook, WebhookEvent } from './platform'

const Change = z.object({ field: z.string(), value: z.unknown() })
const Body = z.object({
  object: z.string(),
  entry: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      time: z.number().optional(),
      changes: z.array(Change).optional(),
      messaging: z.array(z.record(z.string(), z.unknown())).optional(),
    }),
  ),
})

/** One thing Meta reports, on its own: a change of a field, or a message. What `WebhookEvent.raw` holds. */
export const HubReport = z.object({
  time: z.number(),
  field: z.string(),
  value: z.unknown(),
})
export type HubReport = z.output<typeof HubReport>

const secretOf = (app: AppConfig): string | undefined => app.webhookSecret ?? app.clientSecret

/**
 * Signed with the app's secret over the raw bytes; Meta escapes what is not ASCII before it signs
 * (developers.facebook.com/docs/graph-api/webhooks/getting-started, read 2026-11-21).
 */
export const metaDoor: Pick<Webhook, 'trust' | 'wantsWord' | 'handshake' | 'verify'> = {
  trust: 'app_secret',
  wantsWord: true,
  handshake(app, query) {
    const token = query.get('hub.verify_token')
    const challenge = query.get('hub.challenge')
    if (query.get('hub.mode') !== 'subscribe' || !token || !challenge || !app.webhookVerifyToken) return undefined
    return equalsInConstantTime(token, app.webhookVerifyToken)
      ? { body: challenge, contentType: 'text/plain' }
      : undefined
  },
  verify(app, rawBody, headers) {
    const given = headers.get('x-hub-signature-256')
    const secret = secretOf(app)
    if (!given || !secret) return false
    return equalsInConstantTime(given, `sha256=${hmacSha256(secret, rawBody).toString('hex')}`)
  },
}

/**
 * Reports with a list of changes or messages. Meta gives most of them no id: `nameOf` takes one from the report where
 * there is one; else the bytes of the report are its name, which are the same whenever Meta sends it again.
 */
export const metaWebhook = (q: {
  readonly object: string
  readonly label: string
  nameOf(report: HubReport): string | undefined
  published?(report: HubReport, app: AppConfig | undefined): WebhookEvent['published']
}): Webhook => ({
  ...metaDoor,
  read(rawBody, app) {
    const body = Body.safeParse(parseReport(rawBody))
    if (!body.success || body.data.object !== q.object)
      return fail({ reason: `This is not a report of ${q.label}’s webhooks.` })
    return ok(
      body.data.entry.flatMap(({ id, time: given, changes = [], messaging = [] }) => {
        const time = given ?? Math.floor(now().getTime() / 1_000)
        const reports: HubReport[] = [
          ...changes.map(({ field, value }) => ({ time, field, value })),
          ...messaging.map((value) => ({ time, field: messagingField(value), value })),
        ]
        return reports.map((report): WebhookEvent => {
          const published = q.published?.(report, app)
          return {
            externalId: q.nameOf(report) ?? sha256(JSON.stringify([id, { ...report, time: given ?? 0 }])),
            type: report.field,
            accountExternalId: id,
            raw: report,
            ...(published ? { published } : {}),
          }
        })
      }),
    )
  },
})

/** Messages come without a field's name: what they carry tells. */
function messagingField(value: Readonly<Record<string, unknown>>): string {
  const known = ['message', 'reaction', 'read', 'postback', 'delivery', 'message_edit'].find((name) => name in value)
  return known === 'message' ? 'messages' : known === 'reaction' ? 'message_reactions' : (known ?? 'messaging')
}

/** Under which changes of messages are reported. Not verified: no description of Meta's at hand names them. */
export const editsField = { messenger: 'message_edits', instagram: 'message_edit' } as const

/** Subscribes to one field more than is needed; without it where Meta takes none of them for that. */
export async function withSpare<Answer extends { readonly ok: boolean }>(
  needed: readonly string[],
  spare: string,
  subscribe: (fields: readonly string[]) => Promise<Answer>,
): Promise<Answer> {
  const all = await subscribe([...needed, spare])
  return all.ok ? all : subscribe(needed)
}
