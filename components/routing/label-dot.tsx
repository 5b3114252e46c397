import { cn } from '@/components/ui/cn'
import type { LabelColour } from '@/lib/routing/schema'

const colours: Record<LabelColour, string> = {
  grey: 'bg-text-3',
  red: 'bg-failed',
  amber: 'bg-review',
  green: 'bg-published',
  blue: 'bg-scheduled',
  violet: 'bg-accent',
}

/** A label's colour, beside its name: colour alone says nothing. */
export const LabelDot = ({ colour }: { readonly colour: LabelColour }) => (
  <span aria-hidden className={cn('inline-block size-2 shrink-0 rounded-full', colours[colour])} />
)
