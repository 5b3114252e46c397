import type { Reply } from '@/lib/platforms'
import type { Ctx, Work } from '@/lib/workspace'
import { nameInThread } from '../schema'

/** Where answers come to stand at the network: by the name of what is together there. */
export type ReplyPlace = { readonly accountId: string; readonly externalKey: string }

type Placed = {
  readonly accountId: string
  readonly privatelyTo: string | null
  readonly conversation: { readonly externalKey: string }
}
/** What is read of an answer to say where it comes to stand. */
export const placeColumns = {
  accountId: true,
  privatelyTo: true,
  conversation: { select: { externalKey: true } },
} as const

/** What is said privately stands in the chat with its person, and all else where it was written. */
export const placeOfReply = ({ accountId, privatelyTo, conversation }: Placed): ReplyPlace => ({
  accountId,
  externalKey: privatelyTo ?? conversation.externalKey,
})

/**
 * What is asked of a place: for the answers that come to stand there, and for what the network says of it. That a private
 * answer was given in another is our own note.
 */
export async function standingAt({ db }: Pick<Ctx | Work, 'db'>, { accountId, externalKey }: ReplyPlace) {
  // Asked by itself: joined to either question, it makes the database read all that the account has.
  const found = await db.conversation.findMany({ where: { accountId, externalKey }, select: { id: true } })
  const conversationId = { in: found.map(({ id }) => id) }
  return {
    replies: { accountId, OR: [{ privatelyTo: externalKey }, { privatelyTo: null, conversationId }] },
    said: { conversationId, privately: false },
  }
}

/** Within a place: what an answer answers, or the chat that it goes on. Those of the same words to one cannot be told apart. */
export const spotOf = ({ to, privately }: Reply): string =>
  privately?.person ?? (to.kind === 'dm' ? to.conversation : (to.parent ?? to.externalId))

/** By which name an answer stands where it was written. */
export const messageNameOf = (externalId: string, privatelyTo: string | null): string =>
  nameInThread({ externalId, privately: privatelyTo !== null })
