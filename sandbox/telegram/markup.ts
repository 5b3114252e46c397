import type { Segment } from '../core/state'

export type Entity = {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
}
export type Marked = { readonly text: string; readonly entities: readonly Entity[] }

const kinds: Readonly<Record<string, string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
}
const signs: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' }

/** Reads HTML as core.telegram.org/bots/api#html-style has it. @returns the words of a refusal where it is none */
export function readHtml(html: string): Marked | string {
  const open: { tag: string; offset: number; url?: string }[] = []
  const entities: Entity[] = []
  let text = ''
  const bytesBefore = (at: number) => Buffer.byteLength(html.slice(0, at))
  for (let at = 0; at < html.length;) {
    const rest = html.slice(at)
    const sign = /^&(?:(lt|gt|amp|quot)|#(\d+));/.exec(rest)
    if (sign) {
      text += sign[1] === undefined ? String.fromCodePoint(Number(sign[2])) : (signs[sign[1]] ?? '')
      at += sign[0].length
      continue
    }
    if (html[at] !== '<') {
      text += html[at]
      at += 1
      continue
    }
    const tag = /^<(\/?)([a-z][a-z\d-]*)([^<>]*)>/i.exec(rest)
    if (!tag) return `can't parse entities: Unclosed start tag at byte offset ${bytesBefore(at)}`
    const name = (tag[2] ?? '').toLowerCase()
    if (kinds[name] === undefined)
      return `can't parse entities: Unsupported start tag "${name}" at byte offset ${bytesBefore(at)}`
    if (tag[1] === '') {
      const url = /href="([^"]*)"/i.exec(tag[3] ?? '')?.[1]
      open.push({ tag: name, offset: text.length, ...(url === undefined ? {} : { url }) })
    } else {
      const begun = open.pop()
      if (begun?.tag !== name)
        return `can't parse entities: Unmatched end tag at byte offset ${bytesBefore(at)}, expected "</${begun?.tag ?? ''}>", found "</${name}>"`
      if (text.length > begun.offset)
        entities.push({
          type: kinds[name] ?? '',
          offset: begun.offset,
          length: text.length - begun.offset,
          ...(begun.url === undefined ? {} : { url: begun.url }),
        })
    }
    at += tag[0].length
  }
  const left = open.at(-1)
  return left
    ? `can't parse entities: Can't find end tag corresponding to start tag "${left.tag}"`
    : trimmed(text, entities)
}

/** Telegram takes white space off both ends. */
function trimmed(text: string, entities: readonly Entity[]): Marked {
  const start = text.length - text.trimStart().length
  const kept = text.trim()
  return {
    text: kept,
    entities: entities
      .map((e) => ({ ...e, offset: Math.max(0, e.offset - start) }))
      .filter((e) => e.offset < kept.length)
      .toSorted((a, b) => a.offset - b.offset || b.length - a.length),
  }
}

export const readPlain = (text: string): Marked => trimmed(text, [])

const addresses = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/giu

/** With the addresses that Telegram finds by itself. */
export function withAddresses({ text, entities }: Marked): Marked {
  const found = [...text.matchAll(addresses)].map((m) => ({ type: 'url', offset: m.index, length: m[0].length }))
  const free = found.filter(
    (u) =>
      !entities.some((e) => e.url !== undefined && e.offset < u.offset + u.length && u.offset < e.offset + e.length),
  )
  return { text, entities: [...entities, ...free].toSorted((a, b) => a.offset - b.offset) }
}

/** The text as readers see it. */
export function rich({ text, entities }: Marked): readonly Segment[] {
  const parts: Segment[] = []
  let done = 0
  for (const { type, offset, length, url } of entities) {
    if ((type !== 'url' && type !== 'text_link') || offset < done) continue
    if (offset > done) parts.push({ text: text.slice(done, offset) })
    const shown = text.slice(offset, offset + length)
    parts.push({ text: shown, href: url ?? shown })
    done = offset + length
  }
  if (done < text.length) parts.push({ text: text.slice(done) })
  return parts
}
