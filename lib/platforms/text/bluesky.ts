import tlds from 'tlds'
import { countGraphemes, countUtf8Bytes } from './graphemes'

export type BlueskyFeature =
  | { readonly kind: 'link'; readonly uri: string }
  /** The adapter resolves `handle` to a DID, and leaves the facet out when there is none. */
  | { readonly kind: 'mention'; readonly handle: string }
  | { readonly kind: 'tag'; readonly tag: string }

/** A clickable stretch of the shown text, in UTF-8 bytes, `byteEnd` exclusive. */
export type BlueskyFacet = {
  readonly byteStart: number
  readonly byteEnd: number
  readonly features: readonly BlueskyFeature[]
}

/** A clickable stretch of the written text in UTF-16 units; `shown` replaces it where the app shortens. */
type Found = { readonly start: number; readonly end: number; readonly shown: string; readonly feature: BlueskyFeature }

const topLevel = new Set(tlds)

// The expressions of @atproto/api 0.21, rich-text/util. Trailing punctuation is cut by hand: theirs takes quadratic time.
const mentions = /(?<=^|\s|\()@([a-zA-Z0-9.-]+)\b/g
const links = /(?<=^|\s|\()(?:https?:\/\/\S+|(?<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)\S*)/gim
const tags =
  /(?<=^|\s)[#＃]((?!\ufe0f)[^\u20e2\s\u00AD\u2060\u200A-\u200D]*[^\u20e2\d\s\p{P}\u00AD\u2060\u200A-\u200D][^\u20e2\s\u00AD\u2060\u200A-\u200D]*)/gu
const cashtags = /(?<=^|\s|\()\$([A-Za-z][A-Za-z0-9]{0,4})(?=\s|$|[.,;:!?)"'\u2019])/gu
const punctuation = /\p{P}/u

/**
 * The text as Bluesky will show it, with links shortened as the official app does, and its facets in order.
 * Facets that would overlap an earlier one are left out.
 */
export function blueskyFacets(text: string): { text: string; facets: BlueskyFacet[] } {
  const facets: BlueskyFacet[] = []
  let shown = ''
  let bytes = 0
  let at = 0
  const add = (piece: string): void => {
    shown += piece
    bytes += countUtf8Bytes(piece)
  }
  for (const found of findAll(text)) {
    if (found.start < at) continue
    add(text.slice(at, found.start))
    const byteStart = bytes
    add(found.shown)
    facets.push({ byteStart, byteEnd: bytes, features: [found.feature] })
    at = found.end
  }
  add(text.slice(at))
  return { text: shown, facets }
}

const findAll = (text: string): Found[] =>
  [...findMentions(text), ...findLinks(text), ...findTags(text), ...findCashtags(text)].sort(
    (a, b) => a.start - b.start,
  )

function findMentions(text: string): Found[] {
  return Array.from(text.matchAll(mentions)).flatMap((match) => {
    const handle = match[1] ?? ''
    if (!isDomain(handle) && !handle.endsWith('.test')) return []
    return found(match.index, match[0], { kind: 'mention', handle })
  })
}

function findLinks(text: string): Found[] {
  return Array.from(text.matchAll(links)).flatMap((match) => {
    const domain = match.groups?.['domain']
    if (domain !== undefined && !isDomain(domain)) return []
    let written = match[0].replace(/[.,;:!?]$/, '')
    if (written.endsWith(')') && !written.includes('(')) written = written.slice(0, -1)
    const uri = domain === undefined ? written : `https://${written}`
    return {
      start: match.index,
      end: match.index + written.length,
      shown: shorten(written),
      feature: { kind: 'link', uri },
    }
  })
}

function findTags(text: string): Found[] {
  return Array.from(text.matchAll(tags)).flatMap((match) => {
    const tag = withoutTrailingPunctuation(match[1] ?? '')
    if (tag === '' || (tag.length > 64 && countGraphemes(tag) > 64)) return []
    return found(match.index, match[0].slice(0, 1 + tag.length), { kind: 'tag', tag })
  })
}

const findCashtags = (text: string): Found[] =>
  Array.from(text.matchAll(cashtags), (match) =>
    found(match.index, match[0], { kind: 'tag', tag: `$${(match[1] ?? '').toUpperCase()}` }),
  )

const found = (start: number, shown: string, feature: BlueskyFeature): Found => ({
  start,
  end: start + shown.length,
  shown,
  feature,
})

const isDomain = (host: string): boolean => host.includes('.') && topLevel.has(host.slice(host.lastIndexOf('.') + 1))

function withoutTrailingPunctuation(tag: string): string {
  let kept = tag
  while (kept !== '') {
    const last = /[^]$/u.exec(kept.slice(-2))?.[0] ?? ''
    if (!punctuation.test(last)) break
    kept = kept.slice(0, -last.length)
  }
  return kept
}

/** As `toShortUrl` of bluesky-social/social-app (src/lib/strings/url-helpers.ts): only addresses with a scheme change. */
function shorten(written: string): string {
  if (!URL.canParse(written)) return written
  const url = new URL(written)
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return written
  const path = (url.pathname === '/' ? '' : url.pathname) + url.search + url.hash
  return url.host + (path.length > 15 ? `${path.slice(0, 13)}...` : path)
}
