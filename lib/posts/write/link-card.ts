import { cleanText } from '@/lib/core/clean'
import { beginningOf, charsetOf, decodeAs } from '@/lib/core/decode'
import { excerptOf } from '@/lib/core/excerpt'
import type { LinkPreview } from '../schema'

/** Cards are described in the head; a page that has more in it than this is not read further. */
const headBytes = 512 * 1024

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const decoded = (text: string): string =>
  text.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name.toLowerCase()] ?? whole
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })

const clean = (text: string | undefined, max: number): string | null =>
  text === undefined ? null : excerptOf(cleanText(decoded(text)), max) || null

function textOf(bytes: Uint8Array, type: string): string {
  const inPage = /<meta[^>]{0,200}charset=["']?([\w-]+)/i.exec(beginningOf(bytes, 4_096))?.[1]
  return decodeAs(bytes.subarray(0, headBytes), [charsetOf(type), inPage])
}

/** Takes out comments, scripts and styles. One that never ends takes the rest with it, as in a browser; so this is linear. */
function withoutScripts(page: string): string {
  const openings = /<!--|<(script|style)\b/gi
  const kept: string[] = []
  let from = 0
  for (let found = openings.exec(page); found; found = openings.exec(page)) {
    kept.push(page.slice(from, found.index))
    const closing = found[1] ? new RegExp(`</${found[1]}`, 'gi') : /-->/g
    closing.lastIndex = found.index
    if (!closing.test(page)) return kept.join('')
    from = closing.lastIndex
    openings.lastIndex = from
  }
  return kept.join('') + page.slice(from)
}

/** The attributes of a tag. Names in lower case. */
function attributesOf(tag: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [, name = '', double, single, bare] of tag.matchAll(
    /([a-z:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi,
  ))
    found.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  return found
}

/**
 * Reads Open Graph, Twitter cards and plain HTML, in this order. Only the head matters and nothing of it is run or kept
 * as markup, so a few bounded patterns do where a parser would be the bigger risk.
 */
export function readCard(bytes: Uint8Array, type: string, baseUrl: string): Omit<LinkPreview, 'url'> {
  const page = withoutScripts(textOf(bytes, type))
  const head = page.slice(0, page.search(/<body[\s>]/i) + 1 || undefined)
  const meta = new Map<string, string>()
  for (const [tag] of head.matchAll(/<meta\b[^<>]{0,4000}>/gi)) {
    const given = attributesOf(tag)
    const name = (given.get('property') ?? given.get('name'))?.toLowerCase()
    const content = given.get('content')
    if (name && content !== undefined && !meta.has(name)) meta.set(name, content)
  }
  const first = (...names: string[]) => names.map((name) => meta.get(name)).find((value) => value?.trim())
  const title = first('og:title', 'twitter:title') ?? /<title\b[^<>]{0,4000}>([^<]{0,1000})/i.exec(head)?.[1]
  const image = clean(first('og:image:secure_url', 'og:image', 'twitter:image'), 2_000)
  const imageUrl = image && URL.canParse(image, baseUrl) ? new URL(image, baseUrl) : undefined
  return {
    title: clean(title, 300),
    description: clean(first('og:description', 'twitter:description', 'description'), 600),
    imageUrl: imageUrl && /^https?:$/.test(imageUrl.protocol) ? imageUrl.href : null,
  }
}
