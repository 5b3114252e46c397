'use client'

import { Dialog as Radix } from 'radix-ui'
import { useRef, useState, type ReactNode } from 'react'
import { AlertDialog } from './alert-dialog'
import { CloseCross } from './close-cross'
import { cn } from './cn'
import { DialogHoldContext, type DialogHold } from './dialog-hold'
import { useWayBack } from './use-way-back'

export const DialogClose = Radix.Close

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** One focusable element that opens it; leave it out when `open` is kept elsewhere. */
  readonly trigger?: ReactNode
  readonly title: string
  readonly titleHidden?: boolean
  readonly description?: ReactNode
  /** It is read, not filled in: the focus goes to its title, not to the first thing that a key would change. */
  readonly startsAtTitle?: boolean
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  readonly width?: 'narrow' | 'medium' | 'wide'
  readonly children?: ReactNode
}

const widths = { narrow: 'sm:max-w-100', medium: 'sm:max-w-140', wide: 'sm:max-w-220' } as const

/**
 * A task that holds everything else back. On phones it comes from below and fills the width.
 * What stands in it may hold it open: `useDialogHold`.
 */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  titleHidden = false,
  description,
  startsAtTitle = false,
  footer,
  width = 'medium',
  children,
}: Props) {
  const [openHere, setOpenHere] = useState(false)
  const [hold, setHold] = useState<DialogHold>()
  const [asking, setAsking] = useState(false)
  const titleRef = useRef<HTMLHeadingElement>(null)
  const { remember, goBack } = useWayBack(trigger !== undefined)
  const change = onOpenChange ?? setOpenHere
  const stayIfHeld = (event: { preventDefault(): void }) => {
    if (!hold) return
    event.preventDefault()
    if (hold === 'unsaved') setAsking(true)
  }
  return (
    <Radix.Root open={open ?? openHere} onOpenChange={change}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Radix.Content
          data-motion
          {...(!description && { 'aria-describedby': undefined })}
          onCloseAutoFocus={goBack}
          onOpenAutoFocus={(event) => {
            remember()
            if (!startsAtTitle) return
            event.preventDefault()
            titleRef.current?.focus()
          }}
          onEscapeKeyDown={stayIfHeld}
          onPointerDownOutside={stayIfHeld}
          className={cn(
            'fixed inset-x-0 bottom-0 z-(--z-dialog) mx-auto flex max-h-[90dvh] w-full flex-col bg-surface shadow-float outline-none',
            'animate-sheet rounded-t-dialog sm:top-[10dvh] sm:bottom-auto sm:max-h-[80dvh] sm:animate-in sm:rounded-dialog',
            widths[width],
          )}
        >
          <header className={cn('pt-4 pr-14 pl-4', titleHidden && 'sr-only')}>
            <div className="flex flex-col gap-1">
              <Radix.Title ref={titleRef} tabIndex={startsAtTitle ? -1 : undefined} className="text-lead outline-none">
                {title}
              </Radix.Title>
              {description && (
                <Radix.Description className="text-table text-pretty text-text-2">{description}</Radix.Description>
              )}
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">
            <DialogHoldContext value={setHold}>{children}</DialogHoldContext>
          </div>
          {footer && (
            <footer className="flex flex-col-reverse gap-2 border-t px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:flex-row sm:justify-end">
              {footer}
            </footer>
          )}
          {/* Last, so that the focus goes to the task first. */}
          {hold !== 'until_done' && (
            <Radix.Close asChild onClick={stayIfHeld}>
              <CloseCross />
            </Radix.Close>
          )}
        </Radix.Content>
      </Radix.Portal>
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title="Close without saving?"
        description="What you entered here is lost."
        confirm="Discard"
        cancel="Keep editing"
        onConfirm={() => change(false)}
      />
    </Radix.Root>
  )
}
