import type { ReactNode } from 'react'
import { entered } from '@/app/(workspace)/entered'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'
import { LinkTabs } from '@/components/ui/tabs'
import { settingsPages } from '@/components/workspace/settings-pages'

type Props = { readonly children: ReactNode; readonly params: Promise<{ workspace: string }> }

export default async function SettingsLayout({ children, params }: Props) {
  const { workspace, role } = await entered(params)
  return (
    <Page kind="detail">
      <PageHeader title="Settings" />
      <LinkTabs label="Settings" tabs={settingsPages(workspace.slug, role)} />
      {children}
    </Page>
  )
}
