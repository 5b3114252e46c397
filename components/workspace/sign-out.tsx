'use client'

import { signOut } from 'next-auth/react'
import { Button } from '@/components/ui/button'
import { paths } from '@/lib/core/paths'

/** Signs out, ends the session row, and goes to `to`. */
export const signOutTo = (to: string): Promise<void> => signOut({ callbackUrl: to })

export function SignOutButton({
  to = paths.signIn,
  label = 'Sign out',
}: {
  readonly to?: string
  readonly label?: string
}) {
  return <Button onClick={() => void signOutTo(to)}>{label}</Button>
}
