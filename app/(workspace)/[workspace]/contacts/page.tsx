import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { ContactsList } from '@/components/contacts/contacts-list'
import { listContactTags } from '@/lib/contacts'

export const metadata: Metadata = { title: 'Contacts' }

export default async function ContactsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { tags } = granted(await listContactTags(ctx, {}))
  return <ContactsList workspace={ctx.workspace.slug} timeZone={ctx.workspace.timeZone} tags={tags} />
}
