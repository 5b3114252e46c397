'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import type { ReactNode } from 'react'
import { Toaster as Sonner, toast as sonner } from 'sonner'
import { keepUndo } from './undos'

const undoMs = 10_000
/** A failure needs time to be read; it goes sooner when closed. */
const failureMs = 20_000

type Action = { readonly label: string; readonly run: () => void | Promise<void> }

/** A bug in an action belongs to the page's own error reporting, not to sonner's click handler. */
const start = (run: Action['run']) => () => void run()

/** Short news about what was just done. Each is also read aloud. */
export const toast = {
  /** It is done: “Post scheduled for 24 Nov, 10:42”. */
  done: (message: string, action?: Action) =>
    sonner.success(message, action && { action: { label: action.label, onClick: start(action.run) } }),
  /** It is done, and can be taken back for ten seconds, or for as long as it says: by its button, or by Z. */
  undo: (message: ReactNode, undo: () => void | Promise<void>, forMs = undoMs) => {
    const end = keepUndo(() => {
      sonner.dismiss(id)
      start(undo)()
    })
    const id = sonner(message, {
      duration: Math.max(1_000, forMs),
      onDismiss: end,
      onAutoClose: end,
      action: {
        label: 'Undo',
        onClick: () => {
          end()
          start(undo)()
        },
      },
    })
    return id
  },
  /** It was not done: a failure's own sentence, and a way out where there is one. */
  failed: (message: string, action?: Action) =>
    sonner.error(message, {
      duration: failureMs,
      ...(action && { action: { label: action.label, onClick: start(action.run) } }),
    }),
  /** Why a key did nothing now. Pressed again, it is said anew and not a second time. */
  refused: (reason: string) => sonner.error(reason, { id: reason }),
  /** Something is going on. Gives back an id for `dismiss`. */
  working: (message: string) => sonner.loading(message),
  dismiss: (id: string | number) => sonner.dismiss(id),
}

/** Once per page. ⌥T moves the focus to the newest. */
export function Toaster() {
  return (
    <Sonner
      position="bottom-right"
      containerAriaLabel="Notifications"
      closeButton
      gap={8}
      offset={{ bottom: 'calc(var(--page-bar) + var(--composer) + 16px)', right: 16 }}
      mobileOffset={{
        bottom: 'calc(var(--tab-bar) + var(--page-bar) + var(--composer) + 8px)',
        left: 12,
        right: 12,
      }}
      icons={{
        success: <CircleCheck className="size-4 text-published" />,
        error: <CircleAlert className="size-4 text-danger-text" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: 'Close this notification',
        classNames: {
          toast:
            'flex w-full items-center gap-3 rounded-card bg-surface px-3 py-2.5 font-sans text-table text-text shadow-float sm:w-90',
          content: 'min-w-0 flex-1 text-pretty',
          actionButton: 'h-control-small shrink-0 rounded-control px-2 font-medium text-accent-text hover:bg-hover',
          closeButton:
            'order-last grid size-6 shrink-0 place-items-center rounded-control text-text-3 hover:bg-hover hover:text-text',
        },
      }}
      className="z-(--z-toast)!"
    />
  )
}
