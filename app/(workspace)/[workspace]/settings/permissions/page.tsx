import type { Metadata } from 'next'
import { entered } from '@/app/(workspace)/entered'
import { Section } from '@/components/ui/page'
import { PermissionTable } from '@/components/workspace/permission-table'

export const metadata: Metadata = { title: 'Permissions' }

export default async function PermissionsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const { role } = await entered(params)
  return (
    <Section
      title="Who may do what"
      description={`You are ${role}. What the product does by itself, as the worker, is not listed.`}
    >
      <PermissionTable own={role} />
    </Section>
  )
}
