import type { ReactNode } from 'react'
import { entered } from '@/app/(workspace)/entered'
import { WorkspaceFrame } from '@/components/workspace/workspace-frame'
import { now } from '@/lib/core/clock'
import { whoIsIt, workspacesOf } from '@/lib/workspace/session'

type Props = { readonly children: ReactNode; readonly params: Promise<{ workspace: string }> }

export default async function WorkspaceLayout({ children, params }: Props) {
  // Before anything is read: what happens from here on, the page is told of.
  const madeAt = now().toISOString()
  const [{ workspace, role }, person] = [await entered(params), await whoIsIt()]
  // `entered` has sent everyone else to sign in.
  if (!person) return null
  const { slug, name, timeZone } = workspace
  return (
    <WorkspaceFrame
      workspace={{ slug, name, timeZone }}
      role={role}
      workspaces={await workspacesOf(person.userId)}
      person={{ name: person.name, email: person.email }}
      madeAt={madeAt}
    >
      {children}
    </WorkspaceFrame>
  )
}
