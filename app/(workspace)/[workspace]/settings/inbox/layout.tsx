import type { ReactNode } from 'react'
import { entered } from '@/app/(workspace)/entered'
import { LinkTabs } from '@/components/ui/tabs'
import { inboxSettingsPages } from '@/components/routing/settings-pages'

type Props = { readonly children: ReactNode; readonly params: Promise<{ workspace: string }> }

export default async function InboxSettingsLayout({ children, params }: Props) {
  const { workspace } = await entered(params)
  return (
    <>
      <LinkTabs label="Inbox settings" tabs={inboxSettingsPages(workspace.slug)} />
      {children}
    </>
  )
}
