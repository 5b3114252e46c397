import { randomBytes } from 'node:crypto'
import { currentKeyId, isSealedWithOldKey, reseal, seal, unseal } from '@/lib/core/crypto'
import { ok, type Result } from '@/lib/core/result'
import { operation, type Sweep } from '@/lib/workspace'
import { resealWebhookJob } from './jobs'

/** Bound to the workspace: a sealed secret copied into another workspace's row does not open there. */
const purpose = (workspaceId: string) => `webhook:${workspaceId}`

/** As https://www.standardwebhooks.com has it: 24 to 64 random bytes in base64, marked. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

export const sealSecret = (workspaceId: string, secret: string): string => seal(secret, purpose(workspaceId))

type Kept = {
  readonly secretSealed: string
  readonly previousSecretSealed: string | null
  readonly previousUntil: Date | null
}

/** The secrets that sign at a moment, the current one first. */
export const secretsOf = (
  workspaceId: string,
  { secretSealed, previousSecretSealed, previousUntil }: Kept,
  at: Date,
): readonly string[] =>
  [secretSealed, ...(previousSecretSealed && previousUntil && previousUntil > at ? [previousSecretSealed] : [])].map(
    (sealed) => unseal(sealed, purpose(workspaceId)),
  )

/** Webhooks with a secret that an older key sealed. */
export const webhooksOnOldKeys: Sweep = {
  name: 'webhooks.onOldKeys',
  find() {
    const isOld = { not: { startsWith: `${currentKeyId()}.` } }
    return { model: 'webhookEndpoint', where: { OR: [{ secretSealed: isOld }, { previousSecretSealed: isOld }] } }
  },
}

/** Seals a webhook's secrets with the current key; of one that was changed meanwhile nothing is sealed, as it is anew. */
export const resealWebhook = operation({
  can: 'event.deliver',
  input: resealWebhookJob.payload,
  async run({ db, workspaceId }, { webhookId }): Promise<Result<{ resealed: boolean }>> {
    const row = await db.webhookEndpoint.findUnique({
      where: { id: webhookId },
      select: { secretSealed: true, previousSecretSealed: true },
    })
    if (!row) return ok({ resealed: false })
    const anew = (sealed: string) => (isSealedWithOldKey(sealed) ? reseal(sealed, purpose(workspaceId)) : sealed)
    const { secretSealed, previousSecretSealed } = row
    const { count } = await db.webhookEndpoint.updateMany({
      where: { id: webhookId, ...row },
      data: {
        secretSealed: anew(secretSealed),
        previousSecretSealed: previousSecretSealed && anew(previousSecretSealed),
      },
    })
    return ok({ resealed: count === 1 })
  },
})
