'use client'

import './globals.css'
import { ErrorState } from '@/components/ui/error-state'

type Props = { readonly error: Error & { readonly digest?: string }; readonly reset: () => void }

/** The frame itself failed: this page stands alone, without theme, menus or anything else that could fail again. */
export default function GlobalError({ error, reset }: Props) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Posthorn</title>
        <main className="grid min-h-dvh place-items-center">
          <ErrorState
            title="Posthorn could not be shown"
            reference={error.digest}
            action={
              <button
                type="button"
                onClick={reset}
                className="h-control rounded-control bg-accent px-3 font-medium text-on-accent hover:bg-accent-hover"
              >
                Try again
              </button>
            }
          >
            Something went wrong on our side. Scheduled posts still go out: they do not depend on this page.
          </ErrorState>
        </main>
      </body>
    </html>
  )
}
