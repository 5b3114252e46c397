import type { Work } from '@/lib/workspace'
import { holdStill } from './hold-still'

/**
 * Keeps the conversations from changing that things stand in, wherever they went since somebody read where they were: what
 * a network tells of late takes messages to where they belong, with what we answer them and the promises about them. To be
 * called as `holdStill` is.
 * @returns their ids
 */
export async function holdWhere(work: Work, find: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const held = new Set<string>()
  for (;;) {
    const stands = [...new Set(await find())]
    if (stands.every((id) => held.has(id))) return stands
    await holdStill(work, stands)
    for (const id of stands) held.add(id)
  }
}

const select = { conversationId: true } as const
const ids = (rows: readonly { readonly conversationId: string }[]) => rows.map(({ conversationId }) => conversationId)

/** The same of a message. @returns undefined where it is not here */
export async function holdWhereSaid(work: Work, messageId: string): Promise<string | undefined> {
  const where = { id: messageId }
  return (await holdWhere(work, async () => ids(await work.db.message.findMany({ where, select }))))[0]
}

/** The same of answers of ours. */
export const holdWhereAllAnswered = (work: Work, replyIds: readonly string[]): Promise<readonly string[]> => {
  const where = { id: { in: [...replyIds] } }
  return holdWhere(work, async () => ids(await work.db.reply.findMany({ where, select })))
}

/** The same of one, which is here. */
export async function holdWhereAnswered(work: Work, replyId: string): Promise<string> {
  const [held] = await holdWhereAllAnswered(work, [replyId])
  if (held === undefined) throw new Error(`The answer ${replyId} stands nowhere`)
  return held
}
