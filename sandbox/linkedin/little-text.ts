import type { Segment } from '../core/state'

const reserved = new Set(['|', '{', '}', '@', '[', ']', '(', ')', '<', '>', '#', '*', '_', '~', '\\'])
const mention = /^@\[((?:[^\]\\]|\\.)*)\]\((urn:li:(?:organization|person|member):[\w-]+)\)/
const hashtag = /^\{hashtag\|(?:\\#|#)\|([^}]+)\}/

/**
 * Little text as readers see it. LinkedIn cuts a text at the first reserved character that is neither escaped nor part
 * of a mention or a hashtag template: everything behind it is lost without an error.
 */
export function readLittleText(commentary: string): { readonly text: string; readonly rich: readonly Segment[] } {
  const rich: Segment[] = []
  let plain = ''
  const flush = () => {
    if (plain !== '') rich.push(...links(plain))
    plain = ''
  }
  let at = 0
  while (at < commentary.length) {
    const rest = commentary.slice(at)
    const named = mention.exec(rest)
    const tag = hashtag.exec(rest)
    if (named) {
      flush()
      const urn = named[2] ?? ''
      rich.push({
        text: unescape(named[1] ?? ''),
        href: urn.includes(':organization:')
          ? `/company/${urn.split(':').at(-1) ?? ''}`
          : `/in/${urn.split(':').at(-1) ?? ''}`,
      })
      at += named[0].length
    } else if (tag) {
      flush()
      const word = unescape(tag[1] ?? '')
      rich.push({ text: `#${word}`, href: `/feed/hashtag/${encodeURIComponent(word)}` })
      at += tag[0].length
    } else if (rest.startsWith('\\') && reserved.has(rest[1] ?? '')) {
      plain += rest[1] ?? ''
      at += 2
    } else if (reserved.has(rest[0] ?? '')) {
      break
    } else {
      plain += rest[0] ?? ''
      at += 1
    }
  }
  flush()
  return { text: rich.map((s) => s.text).join(''), rich }
}

/** Plain text with its web addresses as links. */
export function links(text: string): readonly Segment[] {
  const parts: Segment[] = []
  let done = 0
  for (const found of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g)) {
    if (found.index > done) parts.push({ text: text.slice(done, found.index) })
    parts.push({ text: found[0], href: found[0] })
    done = found.index + found[0].length
  }
  if (done < text.length) parts.push({ text: text.slice(done) })
  return parts
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1')
}
