import type { Metadata } from 'next'
import { FrontDoor } from '@/components/shell/front-door'
import { ForgotPasswordForm } from '@/components/workspace/forgot-password-form'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'

export const metadata: Metadata = { title: 'Forgot password' }

export default function ForgotPasswordPage() {
  return (
    <FrontDoor
      title="Forgot password"
      description="We send you a link to choose a new one."
      footer={<TextLink href={paths.signIn}>Back to sign in</TextLink>}
    >
      <ForgotPasswordForm />
    </FrontDoor>
  )
}
