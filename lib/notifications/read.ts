import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { adapterOf } from '@/lib/platforms'
import { operation, query, transact } from '@/lib/workspace'
import {
  notificationKinds,
  ReadNotifications,
  SaveNotificationSettings,
  usuallyMailed,
  type NotificationCard,
  type Notifications,
  type NotificationSettings,
} from './schema'

const mostListed = 30
const mostCounted = 100
// A kind that is no more is a thing that happened all the same.
const Kind = z.enum(notificationKinds).catch('called')

/** A post that was deleted again, or is gone at its network, and an account that was connected again or let go needs nobody. */
const stillSo = {
  AND: [
    { OR: [{ postId: null }, { post: { deletedAt: null } }] },
    { OR: [{ accountId: null }, { account: { state: 'needs_reconnect' as const } }] },
  ],
}

/** What one was told lately, the newest first. */
export const listNotifications = query({
  can: 'session.manage',
  input: z.object({}),
  async run({ db, actor }): Promise<Result<Notifications>> {
    const [rows, unread] = await Promise.all([
      db.notification.findMany({
        where: { memberId: actor.id, ...stillSo },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: mostListed,
        select: {
          id: true,
          kind: true,
          actorId: true,
          at: true,
          readAt: true,
          conversation: {
            select: { id: true, contact: { select: { name: true } }, account: { select: { handle: true } } },
          },
          webhook: { select: { id: true, url: true } },
          post: { select: { id: true, excerpt: true } },
          account: { select: { id: true, handle: true, platform: true, method: true } },
        },
      }),
      db.notification.findMany({
        where: { memberId: actor.id, readAt: null, ...stillSo },
        take: mostCounted,
        select: { id: true },
      }),
    ])
    const actors = await db.member.findMany({
      where: { id: { in: rows.flatMap(({ actorId }) => actorId ?? []) } },
      select: { id: true, user: { select: { name: true } } },
    })
    const names = new Map(actors.map(({ id, user }) => [id, user.name]))
    return ok({
      unread: unread.length,
      items: rows.map(({ id, kind, actorId, at, readAt, ...subject }) => ({
        id,
        kind: Kind.parse(kind),
        ...subjectOf(subject),
        by: actorId ? (names.get(actorId) ?? 'A former member') : null,
        at: at.toISOString(),
        isRead: readAt !== null,
      })),
    })
  },
})

type Subject = {
  readonly conversation: {
    readonly id: string
    readonly contact: { readonly name: string } | null
    readonly account: { readonly handle: string }
  } | null
  readonly webhook: { readonly id: string; readonly url: string } | null
  readonly post: { readonly id: string; readonly excerpt: string } | null
  readonly account: {
    readonly id: string
    readonly handle: string
    readonly platform: string
    readonly method: string
  } | null
}

function subjectOf({
  conversation,
  webhook,
  post,
  account: lapsed,
}: Subject): Pick<NotificationCard, 'about' | 'name'> {
  if (webhook) return { about: { type: 'webhook', id: webhook.id }, name: new URL(webhook.url).host }
  if (post) return { about: { type: 'post', id: post.id }, name: post.excerpt ? `“${post.excerpt}”` : 'A post' }
  if (lapsed)
    return { about: { type: 'account', id: lapsed.id }, name: `${lapsed.handle} on ${adapterOf(lapsed).label}` }
  if (!conversation) throw new Error('The table lets no notification be about nothing')
  const { id, contact, account } = conversation
  return { about: { type: 'conversation', id }, name: contact?.name || account.handle }
}

/** Notes that one has seen what one was told. */
export const readNotifications = operation({
  can: 'session.manage',
  input: ReadNotifications,
  async run({ db, actor }, { conversationIds, webhookIds, postIds, accountIds }): Promise<Result<{ read: number }>> {
    const { count } = await db.notification.updateMany({
      where: {
        memberId: actor.id,
        readAt: null,
        ...(conversationIds || webhookIds || postIds || accountIds
          ? {
              OR: [
                { conversationId: { in: conversationIds ?? [] } },
                { webhookId: { in: webhookIds ?? [] } },
                { postId: { in: postIds ?? [] } },
                { accountId: { in: accountIds ?? [] } },
              ],
            }
          : {}),
      },
      data: { readAt: now() },
    })
    return ok({ read: count })
  },
})

/** What one is also told of by mail. */
export const getNotificationSettings = query({
  can: 'session.manage',
  input: z.object({}),
  async run({ db, actor }): Promise<Result<NotificationSettings>> {
    const row = await db.notificationSettings.findUnique({ where: { memberId: actor.id }, select: { mailed: true } })
    return ok({ mailed: row ? notificationKinds.filter((kind) => row.mailed.includes(kind)) : usuallyMailed })
  },
})

export const saveNotificationSettings = operation({
  can: 'session.manage',
  input: SaveNotificationSettings,
  async run(ctx, { mailed }): Promise<Result<{ saved: true }>> {
    const { workspaceId, actor } = ctx
    return transact(ctx, async ({ db, record }) => {
      await db.notificationSettings.upsert({
        where: { memberId: actor.id },
        create: { workspaceId, memberId: actor.id, mailed },
        update: { mailed },
        select: { memberId: true },
      })
      record({
        type: 'notificationSettings.changed',
        subject: { type: 'member', id: actor.id },
        particulars: { mailed },
      })
      return ok({ saved: true })
    })
  },
})
