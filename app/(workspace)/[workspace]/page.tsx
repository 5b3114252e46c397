import { LayoutDashboard } from 'lucide-react'
import { entered } from '@/app/(workspace)/entered'
import { EmptyState } from '@/components/ui/empty-state'
import { Page } from '@/components/ui/page'
import { PageHeader } from '@/components/ui/page-header'

export default async function DashboardPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const { workspace } = await entered(params)
  return (
    <Page>
      <PageHeader title="Dashboard" description={workspace.name} />
      <EmptyState icon={<LayoutDashboard />} title="What is due, and what needs you, will be here." />
    </Page>
  )
}
