import { z } from 'zod'
import { ok, type Result } from '@/lib/core/result'
import { query } from '@/lib/workspace'
import { getContact } from './queries'
import { OneContact, type ContactDetail } from './schema'

/** What of a file is theirs to have: how the network is asked for it is not. */
const Shown = z.array(
  z.object({ kind: z.string(), url: z.string().optional(), name: z.string().optional(), alt: z.string().optional() }),
)

/** Everything we keep of a person, as plain JSON. Times are ISO instants. */
export type ContactExport = {
  readonly contact: ContactDetail
  readonly conversations: readonly {
    readonly platform: string
    readonly kind: string
    readonly state: string
    readonly messages: readonly {
      readonly at: string
      readonly by: string
      readonly text: string
      readonly url: string | null
      readonly media: unknown
      readonly rating: number | null
      readonly recommends: boolean | null
      readonly reaction: string | null
      readonly sentiment: number | null
      readonly intent: string | null
    }[]
    readonly notes: readonly { readonly at: string; readonly text: string }[]
  }[]
}

/** What we keep of a person, for themselves: who we think they are, what was said with them, and what we noted. */
export const exportContact = query({
  can: 'contact.read',
  input: OneContact,
  async run(ctx, { contactId }): Promise<Result<ContactExport>> {
    const contact = await getContact(ctx, { contactId })
    if (!contact.ok) return contact
    const { id, identities } = contact.value
    const conversations = await ctx.db.conversation.findMany({
      where: {
        OR: [
          { contactId: id },
          { messages: { some: { identityId: { in: identities.map((identity) => identity.id) } } } },
        ],
      },
      orderBy: { lastMessageAt: 'asc' },
      select: {
        platform: true,
        kind: true,
        state: true,
        contactId: true,
        messages: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
        notes: { orderBy: { id: 'asc' }, select: { createdAt: true, text: true } },
      },
    })
    const theirs = new Set(identities.map((identity) => identity.id))
    return ok({
      contact: contact.value,
      conversations: conversations.map(({ contactId: withWhom, messages, notes, ...row }) => ({
        ...row,
        messages: messages
          // In a thread of many, what others said is not theirs to read here.
          .filter(({ identityId, own }) => (identityId ? theirs.has(identityId) : own && withWhom === id))
          .map(({ at, authorName, own, text, url, media, rating, recommends, reaction, sentiment, intent }) => ({
            at: at.toISOString(),
            by: own ? 'us' : authorName,
            text,
            url,
            media: Shown.parse(media),
            rating,
            recommends,
            reaction,
            sentiment,
            intent,
          })),
        notes: withWhom === id ? notes.map(({ createdAt, text }) => ({ at: createdAt.toISOString(), text })) : [],
      })),
    })
  },
})
