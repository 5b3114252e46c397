import type { ReplyCard } from '@/lib/inbox/schema'
import type { Teammate } from './inbox-context'

type Written = Pick<ReplyCard, 'authorKind' | 'authorId' | 'decidedById' | 'draft' | 'state'>

const nameOf = (id: string, members: readonly Teammate[]): string =>
  members.find((member) => member.id === id)?.name ?? 'Somebody'

/** Who answers: what a program wrote and sent never looks like a person’s. */
export function authorOf({ authorKind, authorId }: Written, members: readonly Teammate[]): string {
  if (authorKind === 'ai') return 'Posthorn’s AI'
  return authorKind === 'member' ? nameOf(authorId, members) : 'Another program'
}

const drafts = {
  model: 'Posthorn’s AI drafted it',
  saved: 'A saved answer of the knowledge base',
  template: 'A template',
} as const

/** How an answer came to be, one sentence for each who had a part in it. */
export function originOf(reply: Written, members: readonly Teammate[]): readonly string[] {
  const author = authorOf(reply, members)
  const { draft, authorKind, decidedById, state } = reply
  const decided = decidedById && decidedById !== reply.authorId ? nameOf(decidedById, members) : undefined
  const by =
    authorKind === 'ai'
      ? draft?.origin === 'saved'
        ? 'Posthorn’s AI chose a saved answer, and the account’s policy let it go'
        : 'Posthorn’s AI wrote it, and the account’s policy let it go'
      : draft
        ? `${drafts[draft.origin]}; ${author} ${draft.edited ? 'changed it and' : ''} let it go`.replace('  ', ' ')
        : `${author} wrote it`
  return [by, ...(decided ? [state === 'cancelled' ? `${decided} turned it down` : `${decided} approved it`] : [])]
}
