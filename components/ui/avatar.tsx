'use client'

import { Avatar as Radix } from 'radix-ui'
import { cn } from './cn'
import { initials } from './initials'
import { NetworkGlyph, type GlyphName } from './network-glyph'

const sizes = { small: 'size-6 text-[0.625rem]', medium: 'size-8 text-meta', large: 'size-12 text-lead' } as const

type Props = {
  readonly name: string
  readonly src?: string | null | undefined
  /** The network this account is on: its mark stands at the corner. */
  readonly network?: GlyphName
  readonly size?: keyof typeof sizes
  /** Workspaces and projects are square, people and accounts round. */
  readonly square?: boolean
  /** The name is written beside it: do not say it twice. */
  readonly decorative?: boolean
  readonly className?: string
}

/** A face, or initials while there is none. */
export function Avatar({ name, src, network, size = 'medium', square = false, decorative = false, className }: Props) {
  const shape = square ? 'rounded-control' : 'rounded-full'
  return (
    <span
      className={cn('relative inline-flex shrink-0', className)}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
    >
      <Radix.Root
        className={cn(
          'grid place-items-center overflow-hidden bg-selected font-semibold text-text-2 select-none',
          shape,
          sizes[size],
        )}
      >
        {src && <Radix.Image src={src} alt="" className="size-full object-cover" />}
        <Radix.Fallback {...(src && { delayMs: 200 })}>{initials(name)}</Radix.Fallback>
      </Radix.Root>
      {network && (
        <span className="absolute -right-1 -bottom-1 grid place-items-center rounded-full bg-surface p-0.5 ring-1 ring-line">
          <NetworkGlyph network={network} decorative={decorative} className="size-3" />
        </span>
      )}
    </span>
  )
}
