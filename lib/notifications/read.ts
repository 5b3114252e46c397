import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { ok, type Result } from '@/lib/core/result'
import { operation, query, transact } from '@/lib/workspace'
import {
  notificationKinds,
  ReadNotifications,
  SaveNotificationSettings,
  usuallyMailed,
  type Notifications,
  type NotificationSettings,
} from './schema'

const mostListed = 30
const mostCounted = 100
// A kind that is no more is a thing that happened all the same.
const Kind = z.enum(notificationKinds).catch('called')

/** What one was told lately, the newest first. */
export const listNotifications = query({
  can: 'session.manage',
  input: z.object({}),
  async run({ db, actor }): Promise<Result<Notifications>> {
    const [rows, unread] = await Promise.all([
      db.notification.findMany({
        where: { memberId: actor.id },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: mostListed,
        select: {
          id: true,
          kind: true,
          conversationId: true,
          actorId: true,
          at: true,
          readAt: true,
          conversation: { select: { contact: { select: { name: true } }, account: { select: { handle: true } } } },
        },
      }),
      db.notification.findMany({
        where: { memberId: actor.id, readAt: null },
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
      items: rows.map(({ id, kind, conversationId, actorId, at, readAt, conversation }) => ({
        id,
        kind: Kind.parse(kind),
        conversationId,
        name: conversation.contact?.name || conversation.account.handle,
        by: actorId ? (names.get(actorId) ?? 'A former member') : null,
        at: at.toISOString(),
        isRead: readAt !== null,
      })),
    })
  },
})

/** Notes that one has seen what one was told. */
export const readNotifications = operation({
  can: 'session.manage',
  input: ReadNotifications,
  async run({ db, actor }, { conversationIds }): Promise<Result<{ read: number }>> {
    const { count } = await db.notification.updateMany({
      where: {
        memberId: actor.id,
        readAt: null,
        ...(conversationIds ? { conversationId: { in: conversationIds } } : {}),
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
