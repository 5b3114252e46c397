import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FrontDoor } from '@/components/shell/front-door'
import { NewWorkspaceForm } from '@/components/workspace/new-workspace-form'
import { SignOutButton } from '@/components/workspace/sign-out'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { whoIsIt, workspacesOf } from '@/lib/workspace/session'

export const metadata: Metadata = { title: 'New workspace' }

export default async function NewWorkspacePage() {
  const person = await whoIsIt()
  if (!person) redirect(paths.signInThen(paths.newWorkspace))
  const mine = await workspacesOf(person.userId)
  return (
    <FrontDoor
      title="New workspace"
      description={
        mine.length > 0
          ? 'A workspace has its own members, accounts and posts. You own it.'
          : 'You are in no workspace at the moment. Make one, or ask to be invited.'
      }
      footer={mine.length > 0 ? <TextLink href={paths.home}>Back to your workspace</TextLink> : <SignOutButton />}
    >
      <NewWorkspaceForm />
    </FrontDoor>
  )
}
