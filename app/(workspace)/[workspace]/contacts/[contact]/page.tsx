import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { ContactPage } from '@/components/contacts/contact-page'
import { getContact, listContactTags } from '@/lib/contacts'
import { paths } from '@/lib/core/paths'
import { listConversations } from '@/lib/inbox'
import { listMembers } from '@/lib/workspace'
import { may } from '@/lib/workspace/schema'

export const metadata: Metadata = { title: 'Contact' }

type Props = {
  readonly params: Promise<{ workspace: string; contact: string }>
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function OneContactPage({ params, searchParams }: Props) {
  const ctx = await entered(params)
  const { contact: contactId } = await params
  const { after } = await searchParams
  const { slug, timeZone } = ctx.workspace
  const contact = granted(await getContact(ctx, { contactId }))
  if (contact.id !== contactId) redirect(paths.contact(slug, contact.id))
  const [conversations, tags, members] = await Promise.all([
    listConversations(ctx, { view: 'all', contactId, ...(typeof after === 'string' ? { cursor: after } : {}) }),
    listContactTags(ctx, {}),
    listMembers(ctx, {}),
  ])
  const { items, next } = granted(conversations)
  return (
    <ContactPage
      // What was saved is shown anew; what is being typed belongs to one person.
      key={contact.id}
      workspace={slug}
      timeZone={timeZone}
      contact={contact}
      conversations={items}
      older={next ? `?${new URLSearchParams({ after: next })}` : undefined}
      knownTags={granted(tags).tags}
      members={granted(members).rows.map(({ id, name }) => ({ id, name }))}
      rights={{ update: may(ctx.role, 'contact.update'), erase: may(ctx.role, 'contact.erase') }}
    />
  )
}
