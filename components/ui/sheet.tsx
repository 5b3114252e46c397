'use client'

import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { CloseCross } from './close-cross'
import { cn } from './cn'
import { useWayBack } from './use-way-back'

type Props = {
  readonly open?: boolean
  readonly onOpenChange?: (open: boolean) => void
  readonly trigger?: ReactNode
  readonly title: string
  readonly footer?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

/** More room beside the page: from the right on wide screens, from below on phones. */
export function Sheet({ open, onOpenChange, trigger, title, footer, className, children }: Props) {
  const { remember, goBack } = useWayBack(trigger !== undefined)
  return (
    <Radix.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay data-motion className="fixed inset-0 z-(--z-overlay) animate-fade bg-scrim" />
        <Radix.Content
          data-motion
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={goBack}
          className={cn(
            'fixed inset-x-0 bottom-0 z-(--z-dialog) flex max-h-[85dvh] animate-sheet flex-col rounded-t-dialog bg-surface shadow-float outline-none',
            'sm:inset-y-0 sm:right-0 sm:left-auto sm:max-h-none sm:w-100 sm:animate-drawer sm:rounded-none',
            className,
          )}
        >
          <header className="pt-4 pr-14 pb-3 pl-4">
            <Radix.Title className="text-lead">{title}</Radix.Title>
          </header>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
            {children}
          </div>
          {footer && <footer className="flex justify-end gap-2 border-t px-4 py-3">{footer}</footer>}
          {/* Last, so that the focus goes to the task first. */}
          <Radix.Close asChild>
            <CloseCross />
          </Radix.Close>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
