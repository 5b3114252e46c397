'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import type { Conflict } from './use-autosave'

type Props = {
  readonly by: Conflict['by']
  /** Who saved it, and what they changed; or for when it was scheduled. */
  readonly message: string
  /** Throws away what is here for what somebody else saved. */
  readonly onReload: () => void
  /** Opens the post as it is now, with what is here in it. */
  readonly onGoOn: () => void
  readonly onCopy: () => Promise<unknown>
}

const titles: Readonly<Record<Conflict['by'], string>> = {
  words: 'Two of you were writing',
  time: 'It was scheduled meanwhile',
  other_time: 'It got another time meanwhile',
}

/** Somebody else saved or scheduled this post in between: nothing is thrown away until a way out is chosen. */
export function ConflictNote({ by, message, onReload, onGoOn, onCopy }: Props) {
  const [busy, setBusy] = useState(false)
  return (
    <Callout
      tone="review"
      role="alert"
      title={titles[by]}
      action={
        <div className="flex flex-wrap gap-2">
          {by === 'words' ? (
            <Button size="small" onClick={onReload}>
              Load their version
            </Button>
          ) : (
            <Button size="small" onClick={onGoOn}>
              {by === 'time' ? 'Go on in the scheduled post' : 'Go on in the post as it is now'}
            </Button>
          )}
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
