'use client'

import { Button } from '@/components/ui/button'
import type { ButtonStyle } from '@/components/ui/button-style'
import { CircleDot, Hourglass } from 'lucide-react'
import { cn } from '@/components/ui/cn'

type Props = {
  readonly size?: ButtonStyle['size']
  /** All of them wait: the button takes them back. */
  readonly isWaiting: boolean
  readonly disabledReason?: string | undefined
  /** In a narrow header the icon alone is shown. */
  readonly isFolding?: boolean
  readonly onSet: (state: 'todo' | 'waiting') => void
}

/** Says that it is their turn, or that it is ours again. */
export function WaitingButton({ size = 'medium', isWaiting, disabledReason, isFolding = false, onSet }: Props) {
  const Icon = isWaiting ? CircleDot : Hourglass
  return (
    <Button
      size={size}
      icon={<Icon aria-hidden />}
      shortcut="w"
      disabledReason={disabledReason}
      className={cn(isFolding && 'touch:min-w-11')}
      onClick={() => onSet(isWaiting ? 'todo' : 'waiting')}
    >
      <span className={cn(isFolding && '@max-xl:sr-only')}>{isWaiting ? 'To do' : 'Waiting'}</span>
    </Button>
  )
}
