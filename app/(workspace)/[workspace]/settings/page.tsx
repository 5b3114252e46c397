import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { entered } from '@/app/(workspace)/entered'
import { WorkspaceForm } from '@/components/workspace/workspace-form'
import { paths } from '@/lib/core/paths'
import { may } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Workspace settings' }

export default async function WorkspaceSettingsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const { workspace, role } = await entered(params)
  if (!may(role, 'settings.view')) redirect(paths.sessions(workspace.slug))
  return <WorkspaceForm slug={workspace.slug} workspace={workspace} mayUpdate={may(role, 'settings.update')} />
}
