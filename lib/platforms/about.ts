import type { TextField, TextRule } from './text/rule'

/** A network's own sign, as an SVG path on a grid of 24 units, and the colour it is drawn in. */
export type Mark = {
  readonly path: string
  /** `null` follows the text, for marks that are black on white and would vanish in the dark. */
  readonly ink: string | null
}

/** The families of previews: networks look like others of their family. */
export type Look =
  | 'x'
  | 'linkedin'
  | 'bluesky'
  | 'facebook'
  | 'micro'
  | 'picture'
  | 'pin'
  | 'tall'
  | 'wide'
  | 'forum'
  | 'message'

/** What screens know of a network. Plain JSON, without its adapter: it travels to the browser. */
export type About = {
  /** What people call it. */
  readonly label: string
  readonly mark: Mark
  /** How a post is shown before it is out. */
  readonly look: Look
  /** What a `comment` is called, where what many read is said in groups and nothing stands under posts. */
  readonly commentLabel?: string
  /** Every text that has a limit of its own. A field that is absent is not offered, or has no known limit. */
  readonly texts: Readonly<Partial<Record<TextField, TextRule>>>
}
