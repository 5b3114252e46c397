import { day, inMs } from '@/lib/core/clock'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, operation, transact } from '@/lib/workspace'
import { toCard, webhookColumns } from './cards'
import { nameOf, noSuchWebhook } from './manage'
import { OneWebhook, type WebhookCard, type WithSecret } from './schema'
import { newSecret, sealSecret } from './secrets'

/** How long the secret before signs as well, for receivers to change over. */
const bothMs = day

/** Gives a webhook another secret. It is in this answer and nowhere else; the one before signs as well for a day. */
export const rotateWebhookSecret = operation({
  can: 'webhook.manage',
  input: OneWebhook,
  run: (ctx, { webhookId: id }): Promise<Result<WithSecret<WebhookCard>>> =>
    transact(ctx, async ({ db, record, sql }) => {
      const secret = newSecret()
      const [held] = await sql<{ secretSealed: string }>`
        select w."secretSealed" from "WebhookEndpoint" w
        where w.id = ${id} and w."workspaceId" = ${here} for update`
      if (!held) return fail(noSuchWebhook)
      const row = await db.webhookEndpoint.update({
        where: { id },
        data: {
          secretSealed: sealSecret(ctx.workspaceId, secret),
          previousSecretSealed: held.secretSealed,
          previousUntil: inMs(bothMs),
        },
        select: webhookColumns,
      })
      record({
        type: 'webhook.secretRotated',
        subject: { type: 'webhook', id },
        particulars: { name: nameOf(row.url) },
      })
      return ok({ ...toCard(row), secret })
    }),
})
