import { createContext, useContext, useEffect } from 'react'

/** `unsaved`: the dialog asks before it closes. `until_done`: only its own buttons close it. */
export type DialogHold = 'unsaved' | 'until_done'

export const DialogHoldContext = createContext<(hold: DialogHold | undefined) => void>(() => {})

/** Holds the dialog around this open, so that Escape or a slip beside it loses nothing. Without a dialog it does nothing. */
export function useDialogHold(hold: DialogHold | undefined): void {
  const setHold = useContext(DialogHoldContext)
  useEffect(() => {
    setHold(hold)
    return () => setHold(undefined)
  }, [hold, setHold])
}

/** Makes the dialog it stands in ask before it closes, while something was entered there that closing would lose. */
export function AskBeforeClosing({ when }: { readonly when: boolean }) {
  useDialogHold(when ? 'unsaved' : undefined)
  return null
}
