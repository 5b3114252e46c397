'use client'

import { Check, CloudOff, LoaderCircle } from 'lucide-react'
import { when } from '@/lib/core/format'
import type { SaveState } from './use-autosave'

type Props = { readonly state: SaveState; readonly timeZone: string; readonly auto: boolean }

/** Whether what was written is safe. */
export function SavedNote({ state, timeZone, auto }: Props) {
  return (
    <output className="flex min-w-0 items-center gap-1.5 text-meta text-text-3">
      {state.kind === 'saving' && (
        <>
          <LoaderCircle aria-hidden className="size-3.5 shrink-0 animate-spin" />
          Saving…
        </>
      )}
      {state.kind === 'saved' && (
        <>
          <Check aria-hidden className="size-3.5 shrink-0 text-published" />
          Saved {when(state.at, timeZone, 'HH:mm')}
        </>
      )}
      {state.kind === 'unsaved' && (auto ? 'Writing…' : 'Not saved yet; kept in this browser')}
      {(state.kind === 'failed' || (state.kind === 'conflict' && state.kept)) && (
        <span className="flex items-center gap-1.5 text-review">
          <CloudOff aria-hidden className="size-3.5 shrink-0" />
          Not saved; kept in this browser
        </span>
      )}
    </output>
  )
}
