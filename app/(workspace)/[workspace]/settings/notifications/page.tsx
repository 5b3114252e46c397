import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { granted } from '@/app/(workspace)/granted'
import { MailSwitches } from '@/components/notifications/mail-switches'
import { Section } from '@/components/ui/page'
import { getNotificationSettings } from '@/lib/notifications'

export const metadata: Metadata = { title: 'Notifications' }

export default async function NotificationsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const { mailed } = granted(await getNotificationSettings(ctx, {}))
  return (
    <Section
      title="Notifications"
      description="The bell tells you of all of these. Switch on what you are mailed as well. While you have not looked, there is at most one mail in ten minutes."
    >
      <MailSwitches slug={ctx.workspace.slug} mailed={mailed} />
    </Section>
  )
}
