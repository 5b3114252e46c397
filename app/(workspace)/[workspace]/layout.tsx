import type { ReactNode } from 'react'
import { entered } from '@/app/(workspace)/entered'
import { RememberWorkspace } from '@/components/workspace/remember-workspace'

export default async function WorkspaceLayout({
  children,
  params,
}: {
  readonly children: ReactNode
  readonly params: Promise<{ workspace: string }>
}) {
  const { workspace } = await entered(params)
  return (
    <main id="main" tabIndex={-1} className="flex min-h-dvh flex-col">
      <RememberWorkspace slug={workspace.slug} />
      {children}
    </main>
  )
}
