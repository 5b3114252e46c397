import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { entered } from '@/app/(workspace)/entered'
import { WorkspaceForm } from '@/components/workspace/workspace-form'
import { paths } from '@/lib/core/paths'
import { may, readSettings } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Workspace settings' }

export default async function WorkspaceSettingsPage({ params }: { readonly params: Promise<{ workspace: string }> }) {
  const ctx = await entered(params)
  const settings = await readSettings(ctx, {})
  // The first page of the settings that everybody has.
  if (!settings.ok) redirect(paths.sessions(ctx.workspace.slug))
  return (
    <WorkspaceForm slug={ctx.workspace.slug} workspace={settings.value} mayUpdate={may(ctx.role, 'settings.update')} />
  )
}
