import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FrontDoor } from '@/components/shell/front-door'
import { SignUpForm } from '@/components/workspace/sign-up-form'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'
import { whoIsIt } from '@/lib/workspace/session'
import { isSignUpOpen } from '@/lib/workspace'

export const metadata: Metadata = { title: 'Create an account' }

export default async function SignUpPage() {
  if (await whoIsIt()) redirect(paths.home)
  const haveOne = (
    <>
      Have an account? <TextLink href={paths.signIn}>Sign in</TextLink>
    </>
  )
  if (!(await isSignUpOpen()))
    return (
      <FrontDoor
        title="Accounts are made by invitation"
        description="Ask someone in your team for an invitation. The link that it brings lets you make your account."
        footer={haveOne}
      >
        {null}
      </FrontDoor>
    )
  return (
    <FrontDoor
      title="Create an account"
      description="You get a workspace of your own and can invite your team to it."
      footer={haveOne}
    >
      <SignUpForm />
    </FrontDoor>
  )
}
