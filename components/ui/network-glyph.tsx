import { networkLabels, networkMarks, type NetworkName } from '@/lib/platforms/names'
import { cn } from './cn'

/** The networks there is a mark for. */
export type GlyphName = NetworkName

type Props = {
  readonly network: GlyphName
  /** The name is written beside it: do not say it twice. */
  readonly decorative?: boolean
  readonly className?: string
}

/** A network's mark, 16 px. The only place where a network's own colour is used. */
export function NetworkGlyph({ network, decorative = false, className }: Props) {
  const { path, ink } = networkMarks[network]
  return (
    <svg
      viewBox="0 0 24 24"
      className={cn('size-4 shrink-0', ink === null && 'text-text', className)}
      fill={ink ?? 'currentColor'}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': networkLabels[network] })}
    >
      <path d={path} />
    </svg>
  )
}
