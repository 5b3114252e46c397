import { z } from 'zod'
import { newId } from '@/lib/core/ids'
import { fail, ok, type Failure, type Result } from '@/lib/core/result'
import { operation, query, transact, type Ctx } from '@/lib/workspace'
import { whoUses } from './references'
import { noSuchVariable, render, unknownVariables } from './render'
import { orSameName } from './same-name'
import { ById, SaveReply, type SavedReplyCard, type Variable } from './schema'

const noSuchSavedReply: Failure = {
  code: 'NOT_FOUND',
  message: 'There is no such saved reply here. Reload the page.',
}

type Asks = Pick<Ctx, 'db' | 'actor' | 'workspace'>
type Values = Readonly<Record<Variable, string>>

/** All saved replies by name; with a conversation, each as it reads there. */
export const listSavedReplies = query({
  can: 'inbox.read',
  input: z.object({ conversationId: z.string().max(64).optional() }),
  async run(ctx, { conversationId }): Promise<Result<readonly SavedReplyCard[]>> {
    const values = conversationId ? await valuesFor(ctx, conversationId) : undefined
    if (values && !values.ok) return values
    const rows = await ctx.db.savedReply.findMany({
      select: { id: true, name: true, text: true },
      orderBy: { name: 'asc' },
      take: 500,
    })
    return ok(
      rows.map((row) => {
        const done = values && render(row.text, values.value)
        return {
          ...row,
          rendered: done?.ok ? done.value : null,
          problem: done && !done.ok ? done.error.message : null,
        }
      }),
    )
  },
})

/** What the variables stand for in one conversation, for who asks. Empty where nothing is known. */
export async function valuesFor(ctx: Asks, conversationId: string): Promise<Result<Values>> {
  const values = (await valuesForAll(ctx, [conversationId])).get(conversationId)
  if (values) return ok(values)
  return fail<Failure>({
    code: 'NOT_FOUND',
    message: 'There is no such conversation in this workspace. Reload the inbox.',
  })
}

/** The same for many conversations, by their ids; those that are not there are absent. */
export async function valuesForAll(
  { db, actor, workspace }: Asks,
  conversationIds: readonly string[],
): Promise<ReadonlyMap<string, Values>> {
  const rows = await db.conversation.findMany({
    where: { id: { in: [...conversationIds] } },
    select: {
      id: true,
      platform: true,
      account: { select: { displayName: true, handle: true } },
      contact: { select: { name: true, identities: { select: { platform: true, handle: true } } } },
    },
  })
  const agent = actor.kind === 'system' ? '' : actor.name
  return new Map(
    rows.map(({ id, platform, account, contact }) => {
      const person = contact?.name ?? ''
      const values: Values = {
        'contact.name': person,
        'contact.first_name': firstWord(person),
        'contact.handle': contact?.identities.find((identity) => identity.platform === platform)?.handle ?? '',
        'account.name': account.displayName,
        'account.handle': account.handle,
        'agent.name': agent,
        'agent.first_name': firstWord(agent),
        'workspace.name': workspace.name,
      }
      return [id, values]
    }),
  )
}

const firstWord = (name: string): string => name.trim().split(/\s+/)[0] ?? ''

/** Keeps words for use again. A variable that there is none of is refused by its name. */
export const saveSavedReply = operation({
  can: 'inbox.manage',
  input: SaveReply,
  async run(ctx, { id, ...data }): Promise<Result<{ id: string }>> {
    const unknown = unknownVariables(data.text)
    if (unknown.length > 0) return fail(noSuchVariable(unknown))
    return orSameName('saved reply', () =>
      transact(ctx, async ({ db, record }) => {
        const replyId = id ?? newId()
        if (!id)
          await db.savedReply.create({
            data: { id: replyId, workspaceId: ctx.workspaceId, ...data },
            select: { id: true },
          })
        else if ((await db.savedReply.updateMany({ where: { id }, data })).count === 0) return fail(noSuchSavedReply)
        record({
          type: id ? 'savedReply.changed' : 'savedReply.created',
          subject: { type: 'savedReply', id: replyId },
          particulars: { name: data.name },
        })
        return ok({ id: replyId })
      }),
    )
  },
})

export const deleteSavedReply = operation({
  can: 'inbox.manage',
  input: ById,
  run: (ctx, { id }): Promise<Result<{ deleted: true }>> =>
    transact(ctx, async ({ db, record }) => {
      const used = await whoUses(db, 'This saved reply', { savedReplyId: id })
      if (used) return fail(used)
      const { count } = await db.savedReply.deleteMany({ where: { id } })
      if (count === 0) return fail(noSuchSavedReply)
      record({ type: 'savedReply.deleted', subject: { type: 'savedReply', id } })
      return ok({ deleted: true })
    }),
})
