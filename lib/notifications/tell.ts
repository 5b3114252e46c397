import { z } from 'zod'
import { day, inMs, minute, now } from '@/lib/core/clock'
import { newId } from '@/lib/core/ids'
import { paths } from '@/lib/core/paths'
import { announce } from '@/lib/core/realtime'
import { ok, type Result } from '@/lib/core/result'
import { operation, transact, writeToMember, type Work } from '@/lib/workspace'
import { kindTold, notificationKinds, TellPeople, usuallyMailed, type NotificationKind } from './schema'
import { whoIsTold } from './who'

/** How long it can be read that one was told. */
const keptMs = 90 * day
/** Whoever was mailed of the like and has not looked since is not mailed again this soon: many things happen at once. */
const mailPauseMs = 10 * minute

type Mail = Parameters<typeof writeToMember>[2]

/**
 * Tells people of an event, in the app and, where they want it, by mail: each once, however often it is heard. Nobody is
 * told of what they did themselves. Events of other kinds are passed over.
 */
export const tellPeople = operation({
  can: 'event.deliver',
  input: TellPeople,
  async run(ctx, { eventId, type, subjectId, actor, particulars, at }): Promise<Result<{ told: number }>> {
    const kind = kindTold(type)
    if (!kind) return ok({ told: 0 })
    const subject = subjects[subjectOf[kind]]
    const told = await transact(ctx, async (work) => {
      const named = await whoIsTold(work, kind, subjectId, particulars)
      const others = [...new Set(named)].filter((id) => id !== actor.id)
      const members = await work.db.member.findMany({ where: { id: { in: others } }, select: { id: true } })
      if (members.length === 0 || (await subject.count(work.db, subjectId)) === 0) return []
      const rows = await work.db.notification.createManyAndReturn({
        data: members.map(({ id: memberId }) => ({
          id: newId(),
          workspaceId: ctx.workspaceId,
          memberId,
          kind,
          eventId,
          ...subject.column(subjectId),
          actorId: actor.kind === 'member' ? actor.id : null,
          at,
        })),
        skipDuplicates: true,
        select: { id: true, memberId: true },
      })
      const { slug, name } = ctx.workspace
      const mail = mails[kind]({ slug, name, id: subjectId, particulars })
      for (const row of rows) await mailTo(work, row, kind, mail)
      await work.db.notification.deleteMany({
        where: { memberId: { in: rows.map(({ memberId }) => memberId) }, at: { lt: inMs(-keptMs) } },
      })
      return rows.map(({ memberId }) => memberId)
    })
    await Promise.all(
      told.map((id) =>
        announce(`workspace.${ctx.workspaceId}`, { type: 'notification.arrived', subject: { type: 'member', id } }),
      ),
    )
    return ok({ told: told.length })
  },
})

/** What people are told about, and whether it is still here. */
const subjects = {
  conversation: {
    column: (id: string) => ({ conversationId: id }),
    count: (db: Work['db'], id: string) => db.conversation.count({ where: { id } }),
  },
  webhook: {
    column: (id: string) => ({ webhookId: id }),
    count: (db: Work['db'], id: string) => db.webhookEndpoint.count({ where: { id } }),
  },
  post: {
    column: (id: string) => ({ postId: id }),
    count: (db: Work['db'], id: string) => db.post.count({ where: { id, deletedAt: null } }),
  },
  account: {
    column: (id: string) => ({ accountId: id }),
    count: (db: Work['db'], id: string) => db.account.count({ where: { id, state: 'needs_reconnect' } }),
  },
} as const
const subjectOf: Readonly<Record<NotificationKind, keyof typeof subjects>> = {
  called: 'conversation',
  escalated: 'conversation',
  assigned: 'conversation',
  warned: 'conversation',
  breached: 'conversation',
  stuck: 'conversation',
  proposed: 'conversation',
  turnedDown: 'conversation',
  stopped: 'webhook',
  kept: 'post',
  unsent: 'post',
  lapsed: 'account',
}

type Told = { readonly slug: string; readonly name: string; readonly id: string; readonly particulars: unknown }

const set = 'What you are mailed is set under Settings, Notifications.'
const Stopped = z.object({ name: z.string(), why: z.string() })

/** A mail about a conversation names nobody: mail outlives what is erased here. */
const ofConversation =
  (subject: string, what: string) =>
  ({ slug, name, id }: Told): Mail => ({
    subject: `${subject} (${name})`,
    paragraphs: [what],
    action: { label: 'Open the conversation', path: paths.inbox(slug, { view: 'all', open: id }) },
    after: [`There may be more by the time you read this. ${set}`],
  })

const mails: Readonly<Record<NotificationKind, (told: Told) => Mail>> = {
  called: ofConversation('A conversation needs you', 'A rule of the inbox calls you to a conversation.'),
  escalated: ofConversation('A conversation needs a person', 'AI passed a conversation on to people.'),
  assigned: ofConversation('A conversation is yours', 'A conversation was assigned to you or your team.'),
  warned: ofConversation('An answer is soon due', 'A promise about a conversation is soon due.'),
  breached: ofConversation('An answer is late', 'A promise about a conversation is broken.'),
  stuck: ofConversation(
    'An answer needs you',
    'An answer was refused by its network, could not be sent, or nobody can tell whether it went out.',
  ),
  proposed: ofConversation(
    'An answer waits for approval',
    'Somebody wrote an answer that goes out when it is approved.',
  ),
  turnedDown: ofConversation('Your answer was turned down', 'An answer of yours was turned down, and does not go out.'),
  stopped({ slug, name, id, particulars }) {
    const { name: host, why } = Stopped.parse(particulars)
    return {
      subject: `A webhook was stopped (${name})`,
      paragraphs: [`Posthorn tells ${host} of nothing any more, because ${why}.`],
      action: { label: 'Open the webhook', path: paths.webhook(slug, id) },
      after: [`When it works again, resume it there. What failed can be sent again from the same page. ${set}`],
    }
  },
  kept: ({ slug, name, id }) => ({
    subject: `A deleted post is still there (${name})`,
    paragraphs: ['A post was deleted here, and its network still shows it. Its page says why.'],
    action: { label: 'Open the post', path: paths.post(slug, id) },
    after: [`There you can try again, or say that you deleted it yourself. ${set}`],
  }),
  unsent: ({ slug, name, id }) => ({
    subject: `A post needs you (${name})`,
    paragraphs: [
      'A post was refused by its network, only part of it is out, or nobody can tell whether it is. Its page says why.',
    ],
    action: { label: 'Open the post', path: paths.post(slug, id) },
    after: [`There you can say what is to be done. There may be more by the time you read this. ${set}`],
  }),
  lapsed: ({ slug, name, id }) => ({
    subject: `An account must be connected again (${name})`,
    paragraphs: ['A network lets us use an account no longer. Nothing is published or heard there until then.'],
    action: { label: 'Open the account', path: paths.account(slug, id) },
    after: [`Connect it again there, and what waits goes out. There may be more by the time you read this. ${set}`],
  }),
}

async function mailTo(
  work: Work,
  { id, memberId }: { readonly id: string; readonly memberId: string },
  kind: NotificationKind,
  mail: Mail,
): Promise<void> {
  const { db } = work
  const settings = await db.notificationSettings.findUnique({ where: { memberId }, select: { mailed: true } })
  if (!(settings?.mailed ?? usuallyMailed).includes(kind)) return
  // A mail about a conversation says nothing of a post or an account.
  const alike = notificationKinds.filter((other) => subjectOf[other] === subjectOf[kind])
  const unseen = { memberId, kind: { in: alike }, readAt: null, mailedAt: { gt: inMs(-mailPauseMs) } }
  // A webhook is stopped once, and each mail names its own.
  if (kind !== 'stopped' && (await db.notification.count({ where: unseen })) > 0) return
  await writeToMember(work, memberId, mail)
  await db.notification.updateMany({ where: { id }, data: { mailedAt: now() } })
}
