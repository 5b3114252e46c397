'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'

type Props = {
  /** Who saved it, and what they changed. */
  readonly message: string
  readonly onReload: () => void
  readonly onCopy: () => Promise<unknown>
}

/** Somebody else saved this post in between: nothing is thrown away until a way out is chosen. */
export function ConflictNote({ message, onReload, onCopy }: Props) {
  const [busy, setBusy] = useState(false)
  return (
    <Callout
      tone="review"
      role="alert"
      title="Two of you were writing"
      action={
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={onReload}>
            Load their version
          </Button>
          <Button
            size="small"
            busy={busy}
            onClick={() => {
              setBusy(true)
              void onCopy().finally(() => setBusy(false))
            }}
          >
            Save mine as a copy
          </Button>
        </div>
      }
    >
      {message}
    </Callout>
  )
}
