import { X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { buttonStyle } from './button-style'
import { cn } from './cn'

/** The cross in the corner of what stands over a page. What closes it hands its wiring down as props. */
export function CloseCross(wiring: Omit<ComponentProps<'button'>, 'type' | 'className'>) {
  return (
    <button
      {...wiring}
      type="button"
      aria-label="Close"
      className={cn(buttonStyle({ variant: 'ghost', size: 'small', square: true }), 'absolute top-3 right-3')}
    >
      <X aria-hidden />
    </button>
  )
}
