import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { FrontDoor } from '@/components/shell/front-door'
import { Callout } from '@/components/ui/callout'
import { SignInForm } from '@/components/workspace/sign-in-form'
import { TextLink } from '@/components/workspace/text-link'
import { env } from '@/lib/core/env'
import { ownPath, paths } from '@/lib/core/paths'
import { isSignUpOpen } from '@/lib/workspace'
import { whoIsIt } from '@/lib/workspace/session'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({
  searchParams,
}: {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const { next, email } = await searchParams
  const goOn = ownPath(typeof next === 'string' ? next : undefined, paths.home)
  if (await whoIsIt()) redirect(goOn)
  return (
    <FrontDoor
      title="Sign in"
      footer={
        (await isSignUpOpen()) ? (
          <>
            New here? <TextLink href={paths.signUp}>Create an account</TextLink>
          </>
        ) : (
          'New here? Ask someone in your team for an invitation.'
        )
      }
    >
      {env().POSTHORN_DEMO && (
        <Callout title="This is the demo">
          Sign in as <strong>demo@posthorn.local</strong> with the password <strong>posthorn-demo</strong>.
        </Callout>
      )}
      <SignInForm next={goOn} email={typeof email === 'string' ? email : undefined} />
    </FrontDoor>
  )
}
