import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { ContactPage } from '@/components/contacts/contact-page'
import { getContact, listContactNotes, listContactTags } from '@/lib/contacts'
import { paths } from '@/lib/core/paths'
import { listConversations } from '@/lib/inbox'
import { everyMember } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Contact' }

type Props = {
  readonly params: Promise<{ workspace: string; contact: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OneContactPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { contact: contactId } = await params
  const { after, notes: before } = await searchParams
  const { slug, timeZone } = ctx.workspace
  const contact = granted(await getContact(ctx, { contactId }))
  if (contact.id !== contactId) redirect(paths.contact(slug, contact.id))
  const [conversations, tags, members, earlier] = await Promise.all([
    listConversations(ctx, { view: 'all', contactId, ...(typeof after === 'string' ? { cursor: after } : {}) }),
    listContactTags(ctx, {}),
    everyMember(ctx, {}),
    typeof before === 'string' ? listContactNotes(ctx, { contactId, before }) : undefined,
  ])
  const { items, next } = granted(conversations)
  const notes = earlier ? granted(earlier) : { items: contact.notes, next: contact.earlierNotes }
  return (
    <ContactPage
      // What was saved is shown anew; what is being typed belongs to one person.
      key={contact.id}
      workspace={slug}
      timeZone={timeZone}
      contact={contact}
      conversations={items}
      notes={notes.items}
      earlierNotes={notes.next}
      older={next}
      knownTags={granted(tags).tags}
      members={granted(members).map(({ id, name }) => ({ id, name }))}
      rights={{ update: may(ctx.role, 'contact.update'), erase: may(ctx.role, 'contact.erase') }}
    />
  )
}
