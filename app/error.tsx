'use client'

import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }

/** A bug on one page: the rest of the product goes on. Next has logged it under the same reference. */
export default function PageError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page could not be shown"
      reference={error.digest}
      action={
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
      }
    >
      Something went wrong on our side. Scheduled posts still go out: they do not depend on this page.
    </ErrorState>
  )
}
