import type { Metadata } from 'next'
import { MailOpen } from 'lucide-react'
import { notFound } from 'next/navigation'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { OutboxMails } from '@/components/workspace/outbox-mails'
import { readOutbox } from '@/lib/workspace'
import { visitor } from '@/lib/workspace/session'

export const metadata: Metadata = { title: 'Outbox' }

export default async function OutboxPage() {
  const mails = await readOutbox(await visitor(), {})
  if (!mails.ok) {
    if (mails.error.code === 'NOT_FOUND') notFound()
    throw new Error(mails.error.message)
  }
  return (
    <main id="main" tabIndex={-1}>
      <Page kind="detail">
        <PageHeader
          title="Outbox"
          description="The demo has no mail server, so the last 100 mails are here instead. Anyone who can open the demo can read them."
        />
        {mails.value.length === 0 ? (
          <EmptyState
            icon={<MailOpen />}
            title="No mail yet"
            description="Invite somebody, or ask for a new password."
          />
        ) : (
          <OutboxMails mails={mails.value} />
        )}
      </Page>
    </main>
  )
}
