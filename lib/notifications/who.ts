import { z } from 'zod'
import { may, roles, type Permission, type Work } from '@/lib/workspace'
import type { NotificationKind } from './schema'

const Called = z.object({ memberIds: z.array(z.string()).catch([]) })
const OfReply = z.object({ replyId: z.string() })
const Assigned = z.object({ assigneeId: z.string().nullish(), teamId: z.string().nullish() })

/**
 * Members who are told of an event: whom it names, or whose the conversation is, or all who may answer when it is
 * nobody's; of an answer its author and who holds the conversation, or where no author is here, whose it is; of one that
 * waits for approval all who may approve, and of one that was turned down its author; of a webhook
 * all who may manage it, of a post that was deleted all who may delete; of one that was not sent its author, and all who may
 * publish where its author may not or is not here; of an account all who may connect it.
 */
export async function whoIsTold(
  { db }: Work,
  kind: NotificationKind,
  subjectId: string,
  particulars: unknown,
): Promise<readonly string[]> {
  switch (kind) {
    case 'called':
      return Called.parse(particulars).memberIds
    case 'assigned': {
      const { assigneeId, teamId } = Assigned.parse(particulars)
      if (assigneeId) return [assigneeId]
      return teamId ? membersOf(db, teamId) : []
    }
    case 'stuck': {
      const authorId = await authorOf(db, OfReply.parse(particulars).replyId)
      if (!authorId) return whoseIs(db, subjectId)
      const held = await db.conversation.findUnique({ where: { id: subjectId }, select: { assigneeId: true } })
      return held?.assigneeId ? [authorId, held.assigneeId] : [authorId]
    }
    case 'proposed':
      return whoMay(db, 'inbox.reply')
    case 'turnedDown': {
      const authorId = await authorOf(db, OfReply.parse(particulars).replyId)
      return authorId ? [authorId] : []
    }
    case 'escalated':
    case 'warned':
    case 'breached':
      return whoseIs(db, subjectId)
    case 'stopped':
      return whoMay(db, 'webhook.manage')
    case 'kept':
      return whoMay(db, 'post.delete')
    case 'unsent':
      return whoCanSend(db, subjectId)
    case 'lapsed':
      return whoMay(db, 'account.connect')
  }
}

/** Who wrote an answer, or let one go that AI or a program wrote, where they are still here. */
async function authorOf(db: Work['db'], replyId: string): Promise<string | undefined> {
  const reply = await db.reply.findUnique({
    where: { id: replyId },
    select: { authorKind: true, authorId: true, decidedById: true },
  })
  const id = reply?.authorKind === 'member' ? reply.authorId : reply?.decidedById
  return id && (await isHere(db, id)) ? id : undefined
}

/** Whose a conversation is: its holder, or else the team, or else all who may answer. */
async function whoseIs(db: Work['db'], conversationId: string): Promise<readonly string[]> {
  const held = await db.conversation.findUnique({
    where: { id: conversationId },
    select: { assigneeId: true, teamId: true },
  })
  if (!held) return []
  // Who was removed, or may not answer any more, keeps their conversations for a moment; this one is nobody's.
  if (held.assigneeId && (await db.member.count({ where: { id: held.assigneeId, ...whoAnswer } })) > 0)
    return [held.assigneeId]
  const team = held.teamId ? await membersOf(db, held.teamId) : []
  return team.length > 0 ? team : whoMay(db, 'inbox.reply')
}

/** Whoever wrote a post, with those who can say what becomes of it where its author cannot. */
async function whoCanSend(db: Work['db'], postId: string): Promise<readonly string[]> {
  const post = await db.post.findUnique({ where: { id: postId }, select: { authorId: true } })
  const author =
    post && (await db.member.findUnique({ where: { id: post.authorId }, select: { id: true, role: true } }))
  const own = author ? [author.id] : []
  return author && may(author.role, 'post.publish') ? own : [...own, ...(await whoMay(db, 'post.publish'))]
}

const isHere = async (db: Work['db'], id: string): Promise<boolean> => (await db.member.count({ where: { id } })) > 0

/** Those of a team who may answer: others of it can do nothing about what waits for it. */
const membersOf = async (db: Work['db'], teamId: string): Promise<readonly string[]> =>
  (await db.teamMember.findMany({ where: { teamId, member: whoAnswer }, select: { memberId: true } })).map(
    ({ memberId }) => memberId,
  )

const thatMay = (what: Permission) => ({ role: { in: roles.filter((role) => may(role, what)) } })
const whoAnswer = thatMay('inbox.draft')

async function whoMay(db: Work['db'], what: Permission): Promise<readonly string[]> {
  const rows = await db.member.findMany({ where: thatMay(what), select: { id: true } })
  return rows.map(({ id }) => id)
}
