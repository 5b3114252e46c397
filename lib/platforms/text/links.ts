import tlds from 'tlds'

/** A link in a text. Offsets are UTF-16 units, `end` exclusive. */
export type Link = { readonly kind: 'link'; readonly start: number; readonly end: number; readonly hasScheme: boolean }

const topLevel = new Set(tlds)
const longestUnicodeTld = Math.max(...tlds.filter((tld) => /[^a-z]/.test(tld)).map((tld) => tld.length))

const latinAccents = 'À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʋʻ\u0300-\u036FḀ-ỿ'
const cyrillic = '\u0400-\u04FF'

/**
 * Stretches that could hold a host: everything but punctuation (save `_`, `-`, `.`), spaces, markers and invalid
 * characters. Their length is bounded so that a long text without spaces stays linear.
 */
const hostRuns = () =>
  /(?:\.(?!\.)|[^.!'#%&()*+,\\/:;<=>?@[\]^{|}~$\s\u0085\u180E\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069]){1,4096}/g

const notBeforeLink = /[A-Za-z0-9@＠$#＃\uFFFE\uFEFF\uFFFF]/
const pathCharacter = new RegExp(`[a-z${cyrillic}0-9!*';:=+,.$/%#[\\]\\-\u2013_~@|&${latinAccents}]`, 'i')
const pathEnd = new RegExp(`[+\\-a-z${cyrillic}0-9=_#/${latinAccents}]`, 'i')
const parenthesised = (() => {
  const inside = pathCharacter.source
  return new RegExp(`\\((?:${inside}+|${inside}*\\(${inside}+\\)${inside}*)\\)`, 'iy')
})()
const query = /\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/]/iy
const port = /:[0-9]+/y
const latinLabels = () => new RegExp(`(?:[-a-z0-9${latinAccents}]+\\.)+`, 'gi')
const shortened = /^https?:\/\/t\.co\/([a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/])?/i
const longestLink = 4096
const longestSlug = 40

/**
 * The links of a text as X links them: with a scheme, or a bare domain whose ending is a known top-level domain
 * (the npm package `tlds`, which is newer than the list inside twitter-text). In order, without overlaps.
 * The rules are those of twitter-text 3.1.0, read in one pass instead of by its nested expressions.
 */
export function findLinks(text: string): Link[] {
  if (!text.includes('.')) return []
  const links: Link[] = []
  const runs = hostRuns()
  // What was read once cannot be looked at again, not even as the character before a link.
  let read = 0
  for (let run = runs.exec(text); run; run = runs.exec(text)) {
    if (!run[0].includes('.')) continue
    const found = linksAt(text, run.index, run[0], read)
    links.push(...found.links)
    if (found.end > run.index) read = runs.lastIndex = found.end
  }
  return links
}

const nothing: Found = { links: [], end: 0 }

type Found = { readonly links: readonly Link[]; readonly end: number }

function linksAt(text: string, start: number, run: string, read: number): Found {
  const scheme = /https?:\/\/$/i.exec(text.slice(Math.max(read, start - 8), start))
  if (scheme) {
    const hostEnd = start + hostLengthOf(text, start, run)
    if (hostEnd === start) return nothing
    const from = start - scheme[0].length
    const open = from === 0 || (from > read && !notBeforeLink.test(text.charAt(from - 1)))
    return open ? withScheme(text, from, hostEnd) : { links: [], end: endOfPath(text, hostEnd) }
  }
  const open = start > read && !notBeforeLink.test(text.charAt(start - 1))
  if (open) return withoutScheme(text, start, run)
  const sign = /[^A-Za-z0-9＠＃]/.exec(run)?.index ?? run.length
  const found = start === 0 && sign > 0 ? nothing : withoutScheme(text, start + sign + 1, run.slice(sign + 1))
  return start === 0 && found.end === 0 ? withoutScheme(text, start, run) : found
}

function withScheme(text: string, start: number, hostEnd: number): Found {
  const end = endOfPath(text, hostEnd)
  const short = shortened.exec(text.slice(start, end))
  const host = text.slice(text.indexOf('://', start) + 3, hostEnd)
  const tooLong = end - start > longestLink || hasLongLabel(host) || (short?.[1] ?? '').length > longestSlug
  if (tooLong) return { links: [], end }
  return { links: [{ kind: 'link', start, end: short ? start + short[0].length : end, hasScheme: true }], end }
}

/** Of a host without a scheme X links only what is written in Latin letters; the last such part carries the path. */
function withoutScheme(text: string, start: number, run: string): Found {
  const hostEnd = start + hostLengthOf(text, start, run)
  if (hostEnd === start) {
    const signs = /^[-_.]+/.exec(run)?.[0].length ?? 0
    return signs === 0 ? nothing : withoutScheme(text, start + signs, run.slice(signs))
  }
  const end = endOfPath(text, hostEnd)
  if (/[-_./]/.test(text.charAt(start - 1)) || hasLongLabel(text.slice(start, hostEnd))) return { links: [], end }
  const domains = latinDomains(text, start, hostEnd)
  const links = domains.map((domain, index): Link => ({
    kind: 'link',
    start: domain.start,
    // Without a scheme and without a path, what follows the host does not belong to the link.
    end: index === domains.length - 1 && domain.end === hostEnd && hasPath(text, hostEnd) ? end : domain.end,
    hasScheme: false,
  }))
  return { links: links.filter((link) => link.end - link.start <= longestLink), end }
}

/** Length of the longest host at the start of `run`, or 0. */
function hostLengthOf(text: string, start: number, run: string): number {
  const labels: { at: number; label: string }[] = []
  for (let at = 0; at < run.length;) {
    const dot = run.indexOf('.', at)
    const label = run.slice(at, dot === -1 ? run.length : dot)
    labels.push({ at, label })
    // The first label that cannot be inside a host may still begin with the ending of one.
    if (!isLabel(label) || dot === -1) break
    at = dot + 1
  }
  for (let last = labels.length - 1; last >= 1; last -= 1) {
    const ending = labels[last]
    if (!ending || labels[last - 1]?.label.includes('_')) continue
    const length = tldLength(text, start + ending.at, ending.label)
    if (length > 0) return ending.at + length
  }
  return 0
}

const isLabel = (label: string): boolean => label.length > 0 && !/^[-_]/.test(label) && !/[-_]$/.test(label)

/** Names allow 63 bytes between dots, counted in the form that is looked up (`xn--…`). */
const hasLongLabel = (host: string): boolean => host.split('.').some((label) => lookedUpLength(label) > 63)

function lookedUpLength(label: string): number {
  const address = `http://${label}.com`
  return /^[ -~]*$/.test(label) || !URL.canParse(address) ? label.length : new URL(address).hostname.length - 4
}

/** Length of the top-level domain that `label` begins with, or 0. */
function tldLength(text: string, at: number, label: string): number {
  const punycode = /^xn--[-0-9a-z]+/i.exec(label)
  if (punycode) return punycode[0].length
  const ascii = /^[0-9a-z]+/i.exec(label)
  if (ascii) return topLevel.has(ascii[0].toLowerCase()) && endsTld(text, at + ascii[0].length) ? ascii[0].length : 0
  for (let length = Math.min(longestUnicodeTld, label.length); length > 0; length -= 1)
    if (topLevel.has(label.slice(0, length)) && endsTld(text, at + length)) return length
  return 0
}

const endsTld = (text: string, at: number): boolean => !/[0-9a-zA-Z@+-]/.test(text.charAt(at))

function latinDomains(text: string, start: number, hostEnd: number): { start: number; end: number }[] {
  const host = text.slice(start, hostEnd)
  const found: { start: number; end: number }[] = []
  const chains = latinLabels()
  for (let chain = chains.exec(host); chain; chain = chains.exec(host)) {
    const end = endOfLatinDomain(text, start + chain.index, chain[0], hostEnd)
    if (end === undefined) continue
    found.push({ start: start + chain.index, end })
    chains.lastIndex = Math.max(chains.lastIndex, end - start)
  }
  return found
}

function endOfLatinDomain(text: string, start: number, chain: string, hostEnd: number): number | undefined {
  for (let dot = chain.length - 1; dot > 0; dot = chain.lastIndexOf('.', dot - 1)) {
    const at = start + dot + 1
    const length = tldLength(text, at, text.slice(at, hostEnd))
    if (length > 0) return at + length
  }
  return undefined
}

function endOfPath(text: string, hostEnd: number): number {
  let end = stick(port, text, hostEnd)
  if (text.charAt(end) === '/') {
    let at = end + 1
    end = at
    for (;;) {
      const character = text.charAt(at)
      if (character === '(') {
        const closed = stick(parenthesised, text, at)
        if (closed === at) break
        at = closed
        end = at
      } else if (character !== '' && pathCharacter.test(character)) {
        at += 1
        if (pathEnd.test(character)) end = at
      } else break
    }
  }
  return stick(query, text, end)
}

const hasPath = (text: string, hostEnd: number): boolean => text.charAt(stick(port, text, hostEnd)) === '/'

/** Where `sticky` stops matching when it starts at `at`; `at` itself when it does not match. */
function stick(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : at
}
