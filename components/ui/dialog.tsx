'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { buttonStyle } from './button-style'
import { cn } from './cn'

export const DialogClose = Radix.Close

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  /** One focusable element that opens it; leave it out when `open` is kept elsewhere. */
  readonly trigger?: ReactNode
  readonly title: string
  readonly titleHidden?: boolean
  readonly description?: ReactNode
  /** Buttons, the main one last. */
  readonly footer?: ReactNode
  readonly width?: 'narrow' | 'medium' | 'wide'
  readonly children?: ReactNode
}

const widths = { narrow: 'sm:max-w-100', medium: 'sm:max-w-140', wide: 'sm:max-w-220' } as const

/** A task that holds everything else back. On phones it comes from below and fills the width. */
export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  titleHidden = false,
  description,
  footer,
  width = 'medium',
  children,
}: Props) {
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Radix.Content
          data-motion
          {...(!description && { 'aria-describedby': undefined })}
          className={cn(
            'fixed inset-x-0 bottom-0 z-(--z-dialog) mx-auto flex max-h-[90dvh] w-full flex-col bg-surface shadow-float outline-none',
            'animate-sheet rounded-t-dialog sm:top-[10dvh] sm:bottom-auto sm:max-h-[80dvh] sm:animate-in sm:rounded-dialog',
            widths[width],
          )}
        >
          <header className={cn('pt-4 pr-14 pl-4', titleHidden && 'sr-only')}>
            <div className="flex flex-col gap-1">
              <Radix.Title className="text-lead">{title}</Radix.Title>
              {description && (
                <Radix.Description className="text-table text-pretty text-text-2">{description}</Radix.Description>
              )}
            </div>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto p-4">{children}</div>
          {footer && (
            <footer className="flex flex-col-reverse gap-2 border-t px-4 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] sm:flex-row sm:justify-end">
              {footer}
            </footer>
          )}
          {/* Last, so that the focus goes to the task first. */}
          <Radix.Close asChild>
            <button
              type="button"
              aria-label="Close"
              className={cn(buttonStyle({ variant: 'ghost', size: 'small', square: true }), 'absolute top-3 right-3')}
            >
              <X aria-hidden />
            </button>
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
