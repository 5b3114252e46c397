import type { Metadata } from 'next'
import { FrontDoor } from '@/components/shell/front-door'
import { Callout } from '@/components/ui/callout'
import { LinkButton } from '@/components/ui/button'
import { JoinAsMyselfForm, JoinAsNewForm } from '@/components/workspace/join-form'
import { SignOutButton } from '@/components/workspace/sign-out'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { readInvitation } from '@/lib/workspace'
import { visitor, whoIsIt } from '@/lib/workspace/session'

export const metadata: Metadata = { title: 'Invitation' }

export default async function InvitationPage({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params
  const [invitation, person] = [await readInvitation(await visitor(), { token }), await whoIsIt()]
  if (!invitation.ok) {
    return (
      <FrontDoor title="This invitation cannot be used" footer={<TextLink href={paths.home}>Go to Posthorn</TextLink>}>
        <Callout tone="review">{invitation.error.message}</Callout>
      </FrontDoor>
    )
  }
  const { workspace, invitedBy, email, role, hasAccount } = invitation.value
  const here = paths.invitation(token)
  return (
    <FrontDoor title={`Join ${workspace}`} description={`${invitedBy} invites ${email} to the workspace as ${role}.`}>
      {person?.email === email ? (
        <JoinAsMyselfForm token={token} />
      ) : person ? (
        <>
          <Callout tone="review">
            You are signed in as {person.email}, and this invitation is for {email}.
          </Callout>
          <SignOutButton to={here} label="Sign out and go on" />
        </>
      ) : hasAccount ? (
        <LinkButton variant="primary" size="large" href={paths.signInThen(here, email)}>
          Sign in to join
        </LinkButton>
      ) : (
        <JoinAsNewForm token={token} email={email} />
      )}
    </FrontDoor>
  )
}
