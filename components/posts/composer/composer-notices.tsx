'use client'

import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { when } from '@/lib/core/format'
import { useDesk } from './composer-context'
import { ConflictNote } from './conflict-note'
import type { LocalCopy } from './local-copy'
import type { SaveState } from './use-autosave'

type Props = {
  /** What was kept in this browser and is shown now. */
  readonly restored: LocalCopy | undefined
  readonly saving: SaveState
  /** Throws away what was restored. */
  readonly onDiscard: () => void
  /** Throws away what is here for what somebody else saved. */
  readonly onReload: () => void
  /** Opens the post as the server has it now, with what is here. */
  readonly onGoOn: () => void
  readonly onCopy: () => Promise<unknown>
  readonly onAgain: () => void
}

/** What happened to the words: brought back, not saved, or overtaken by what somebody else did in between. */
export function ComposerNotices({ restored, saving, onDiscard, onReload, onGoOn, onCopy, onAgain }: Props) {
  const { timeZone } = useDesk()
  return (
    <>
      {restored && (
        <Callout
          action={
            <Button size="small" onClick={onDiscard}>
              Discard it
            </Button>
          }
        >
          This is what you wrote until {when(new Date(restored.at), timeZone, 'd MMM, HH:mm')} and what could not be
          saved then.
        </Callout>
      )}
      {saving.kind === 'conflict' && (
        <ConflictNote by={saving.by} message={saving.message} onReload={onReload} onGoOn={onGoOn} onCopy={onCopy} />
      )}
      {saving.kind === 'failed' && (
        <Callout
          tone="review"
          action={
            <Button size="small" onClick={onAgain}>
              Try again
            </Button>
          }
        >
          {saving.message}
        </Callout>
      )}
    </>
  )
}
