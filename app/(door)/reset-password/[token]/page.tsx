import type { Metadata } from 'next'
import { FrontDoor } from '@/components/shell/front-door'
import { ResetPasswordForm } from '@/components/workspace/reset-password-form'
import { TextLink } from '@/components/workspace/text-link'
import { paths } from '@/lib/core/paths'

export const metadata: Metadata = { title: 'Choose a new password' }

export default async function ResetPasswordPage({ params }: { readonly params: Promise<{ token: string }> }) {
  const { token } = await params
  return (
    <FrontDoor
      title="Choose a new password"
      description="All your sessions end when you save it; you are signed in here with the new one."
      footer={<TextLink href={paths.forgotPassword}>Send another link</TextLink>}
    >
      <ResetPasswordForm token={token} />
    </FrontDoor>
  )
}
