import { cn } from '@/components/ui/cn'
import type { Run } from './preview-parts'

type Props = { readonly runs: readonly Run[]; readonly className?: string; readonly linkClassName: string }

/** A text with its pressable stretches in the network's colour. Nothing in a preview can be pressed. */
export function PreviewText({ runs, className, linkClassName }: Props) {
  if (runs.length === 0) return null
  return (
    <p dir="auto" className={cn('leading-normal [overflow-wrap:anywhere] whitespace-pre-wrap', className)}>
      {runs.map((run, place) =>
        run.isLink ? (
          // Runs have no names of their own.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={place} className={linkClassName}>
            {run.text}
          </span>
        ) : (
          run.text
        ),
      )}
    </p>
  )
}
