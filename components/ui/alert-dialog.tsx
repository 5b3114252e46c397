'use client'

import { AlertDialog as Radix } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { Button } from './button'
import { useWayBack } from './use-way-back'

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly trigger?: ReactNode
  /** A question: “Delete this post on X too?” */
  readonly title: string
  /** What is lost for good. */
  readonly description: ReactNode
  /** The verb, as on the button that led here. */
  readonly confirm: string
  readonly cancel?: string
  /** The dialog stays, busy, until this settles, and closes unless it gives back `false`. */
  readonly onConfirm: () => void | boolean | Promise<void | boolean>
}

/** Asks before what cannot be undone, and only then: everything else is done at once and offers undo. */
export function AlertDialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  confirm,
  cancel = 'Cancel',
  onConfirm,
}: Props) {
  const [openHere, setOpenHere] = useState(false)
  const [busy, setBusy] = useState(false)
  const { remember, goBack } = useWayBack(trigger !== undefined)
  const change = onOpenChange ?? setOpenHere

  async function go() {
    setBusy(true)
    try {
      if ((await onConfirm()) !== false) change(false)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Radix.Root open={open ?? openHere} onOpenChange={(next) => !busy && change(next)}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Radix.Content
          data-motion
          onOpenAutoFocus={remember}
          onCloseAutoFocus={goBack}
          className="fixed inset-x-0 bottom-0 z-(--z-dialog) mx-auto flex w-full animate-in flex-col gap-2 rounded-t-dialog bg-surface p-4 shadow-float outline-none sm:top-[20dvh] sm:bottom-auto sm:max-w-100 sm:rounded-dialog"
        >
          <Radix.Title className="text-lead">{title}</Radix.Title>
          <Radix.Description className="text-body text-pretty text-text-2">{description}</Radix.Description>
          <div className="flex flex-col-reverse gap-2 pt-2 sm:flex-row sm:justify-end">
            <Radix.Cancel asChild>
              <Button>{cancel}</Button>
            </Radix.Cancel>
            <Button variant="danger" busy={busy} onClick={() => void go()}>
              {confirm}
            </Button>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
