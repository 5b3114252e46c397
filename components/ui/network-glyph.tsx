import {
  siBluesky,
  siDiscord,
  siFacebook,
  siInstagram,
  siMastodon,
  siPinterest,
  siReddit,
  siTelegram,
  siThreads,
  siTiktok,
  siWhatsapp,
  siX,
  siYoutube,
} from 'simple-icons'
import { cn } from './cn'

// simple-icons has no LinkedIn since its makers asked for that; this one is ours, on the same 24-unit grid.
const linkedin =
  'M3.4 1h17.2A2.4 2.4 0 0 1 23 3.4v17.2a2.4 2.4 0 0 1-2.4 2.4H3.4A2.4 2.4 0 0 1 1 20.6V3.4A2.4 2.4 0 0 1 3.4 1Zm.9 8.3v10.3h3.3V9.3H4.3ZM5.95 4.2a1.9 1.9 0 1 0 0 3.8 1.9 1.9 0 0 0 0-3.8ZM9.7 9.3v10.3H13v-5.4c0-1.5.5-2.4 1.8-2.4 1.2 0 1.7.9 1.7 2.5v5.3h3.3v-5.9c0-2.9-1.4-4.4-3.7-4.4-1.6 0-2.6.8-3.1 1.7V9.3H9.7Z'

/** `ink: null` follows the text, for marks that are black on white and would vanish in the dark. */
const glyphs = {
  x: { label: 'X', path: siX.path, ink: null },
  linkedin: { label: 'LinkedIn', path: linkedin, ink: '#0a66c2' },
  bluesky: { label: 'Bluesky', path: siBluesky.path, ink: '#1185fe' },
  facebook: { label: 'Facebook', path: siFacebook.path, ink: '#0866ff' },
  instagram: { label: 'Instagram', path: siInstagram.path, ink: '#e4405f' },
  threads: { label: 'Threads', path: siThreads.path, ink: null },
  reddit: { label: 'Reddit', path: siReddit.path, ink: '#ff4500' },
  tiktok: { label: 'TikTok', path: siTiktok.path, ink: null },
  youtube: { label: 'YouTube', path: siYoutube.path, ink: '#ff0000' },
  pinterest: { label: 'Pinterest', path: siPinterest.path, ink: '#e60023' },
  mastodon: { label: 'Mastodon', path: siMastodon.path, ink: '#6364ff' },
  telegram: { label: 'Telegram', path: siTelegram.path, ink: '#26a5e4' },
  discord: { label: 'Discord', path: siDiscord.path, ink: '#5865f2' },
  whatsapp: { label: 'WhatsApp', path: siWhatsapp.path, ink: '#1fa855' },
} as const satisfies Record<string, { label: string; path: string; ink: string | null }>

/** The networks there is a mark for. */
export type GlyphName = keyof typeof glyphs

type Props = {
  readonly network: GlyphName
  /** The name is written beside it: do not say it twice. */
  readonly decorative?: boolean
  readonly className?: string
}

/** A network's mark, 16 px. The only place where a network's own colour is used. */
export function NetworkGlyph({ network, decorative = false, className }: Props) {
  const { label, path, ink } = glyphs[network]
  return (
    <svg
      viewBox="0 0 24 24"
      className={cn('size-4 shrink-0', ink === null && 'text-text', className)}
      fill={ink ?? 'currentColor'}
      {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      <path d={path} />
    </svg>
  )
}
