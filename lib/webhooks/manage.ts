import { newId } from '@/lib/core/ids'
import { fail, ok, type Result } from '@/lib/core/result'
import { here, operation, transact } from '@/lib/workspace'
import { whyNot } from './address'
import { toCard, webhookColumns } from './cards'
import { ChangeWebhook, CreateWebhook, mostWebhooks, OneWebhook, type WebhookCard, type WithSecret } from './schema'
import { newSecret, sealSecret } from './secrets'

export const noSuchWebhook = {
  code: 'NOT_FOUND',
  message: 'There is no such webhook here. It may have been removed: go back to the list.',
} as const

/** What the audit trail may say of an address: its path may hold a secret. */
export const nameOf = (url: string): string => new URL(url).host

/** Tells a program of events of the chosen types from now on. The secret is in this answer and nowhere else. */
export const createWebhook = operation({
  can: 'webhook.manage',
  input: CreateWebhook,
  async run(ctx, given): Promise<Result<WithSecret<WebhookCard>>> {
    const refused = await whyNot(given.url)
    if (refused) return fail(refused)
    const id = newId()
    const secret = newSecret()
    return transact(ctx, async ({ db, record, sql }) => {
      // Those made at the same moment are counted one after the other.
      await sql`select 1 as held from pg_advisory_xact_lock(hashtextextended('posthorn webhooks ' || ${here}, 0))`
      if ((await db.webhookEndpoint.count()) >= mostWebhooks)
        return fail({ code: 'CONFLICT', message: `There are ${mostWebhooks} webhooks already. Remove one first.` })
      const row = await db.webhookEndpoint.create({
        data: {
          id,
          workspaceId: ctx.workspaceId,
          ...given,
          secretSealed: sealSecret(ctx.workspaceId, secret),
          createdById: ctx.actor.id,
        },
        select: webhookColumns,
      })
      record({
        type: 'webhook.created',
        subject: { type: 'webhook', id },
        particulars: { name: nameOf(given.url), eventTypes: given.eventTypes },
      })
      return ok({ ...toCard(row), secret })
    })
  },
})

/** Changes what a program is told and where, or pauses it. Resumed, one that was stopped is given another chance. */
export const changeWebhook = operation({
  can: 'webhook.manage',
  input: ChangeWebhook,
  async run(ctx, { webhookId: id, isPaused, ...change }): Promise<Result<WebhookCard>> {
    const refused = change.url === undefined ? undefined : await whyNot(change.url)
    if (refused) return fail(refused)
    return transact(ctx, async ({ db, record }) => {
      const before = await db.webhookEndpoint.findUnique({
        where: { id },
        select: { state: true, url: true, description: true, eventTypes: true },
      })
      if (!before) return fail(noSuchWebhook)
      const { url = before.url, description = before.description, eventTypes = before.eventTypes } = change
      const after = { url, description, eventTypes }
      const changed = (['url', 'description', 'eventTypes'] as const).filter(
        (name) => String(after[name]) !== String(before[name]),
      )
      const turns = isPaused !== undefined && isPaused !== (before.state !== 'active')
      const turned = { state: isPaused ? ('paused' as const) : ('active' as const), end: null, failingSince: null }
      const row = await db.webhookEndpoint.update({
        where: { id },
        data: { ...after, ...(turns ? turned : {}) },
        select: webhookColumns,
      })
      const subject = { type: 'webhook', id }
      const name = nameOf(row.url)
      if (changed.length > 0) record({ type: 'webhook.changed', subject, particulars: { name, changed, eventTypes } })
      if (turns) record({ type: isPaused ? 'webhook.paused' : 'webhook.resumed', subject, particulars: { name } })
      return ok(toCard(row))
    })
  },
})

/** Tells a program nothing more, and forgets what it was told. */
export const removeWebhook = operation({
  can: 'webhook.manage',
  input: OneWebhook,
  run: (ctx, { webhookId: id }): Promise<Result<{ removed: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const row = await db.webhookEndpoint.findUnique({ where: { id }, select: { url: true } })
      if (!row) return fail(noSuchWebhook)
      await db.webhookEndpoint.delete({ where: { id }, select: { id: true } })
      record({ type: 'webhook.removed', subject: { type: 'webhook', id }, particulars: { name: nameOf(row.url) } })
      return ok({ removed: true as const })
    }),
})
