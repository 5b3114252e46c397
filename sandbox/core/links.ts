import type { Segment } from './state'

/** A text with its web addresses as links, for networks that make them so. */
export function plainLinks(text: string): readonly Segment[] {
  const found: Segment[] = []
  let at = 0
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,!?;:)]/g)) {
    if (match.index > at) found.push({ text: text.slice(at, match.index) })
    found.push({ text: match[0], href: match[0] })
    at = match.index + match[0].length
  }
  return at < text.length ? [...found, { text: text.slice(at) }] : found
}
