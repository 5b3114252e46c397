import { whoIs } from '@/lib/contacts'
import type { Variable } from '@/lib/routing/schema'
import type { Ctx } from '@/lib/workspace'

type Values = Readonly<Record<Variable, string>>

/**
 * What the variables stand for in an answer to each of these messages, for who asks: the person is its author, who need
 * not be the one who began the conversation. By the messages' ids; those that are not there are absent. Empty where
 * nothing is known.
 */
export async function valuesFor(
  ctx: Pick<Ctx, 'db' | 'actor' | 'workspace'>,
  messageIds: readonly string[],
): Promise<ReadonlyMap<string, Values>> {
  const { db, actor, workspace } = ctx
  const rows = await db.message.findMany({
    where: { id: { in: [...messageIds] }, own: false },
    select: {
      id: true,
      identityId: true,
      authorName: true,
      authorHandle: true,
      conversation: { select: { account: { select: { displayName: true, handle: true } } } },
    },
  })
  const people = await whoIs(
    ctx,
    rows.map(({ identityId }) => identityId),
  )
  const agent = actor.kind === 'system' ? '' : actor.name
  return new Map(
    rows.map(({ id, identityId, authorName, authorHandle, conversation: { account } }) => {
      const { name, handle } = people.get(identityId ?? '') ?? { name: authorName, handle: authorHandle }
      const values: Values = {
        'contact.name': name,
        'contact.first_name': firstWord(name),
        'contact.handle': handle,
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
