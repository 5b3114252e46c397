import { LoaderCircle } from 'lucide-react'
import { cn } from './cn'

/** A turning ring. It says nothing by itself: the label beside it does. */
export function Spinner({ className }: { readonly className?: string }) {
  return <LoaderCircle aria-hidden className={cn('size-4 shrink-0 animate-spin', className)} />
}
