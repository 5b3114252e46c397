import tlds from 'tlds'

/** A link in a text. Offsets are UTF-16 units, `end` exclusive. */
export type Link = { readonly kind: 'link'; readonly start: number; readonly end: number; readonly hasScheme: boolean }

const topLevel = new Set(tlds)
const longestUnicodeTld = Math.max(...tlds.filter((tld) => /[^a-z]/.test(tld)).map((tld) => tld.length))

const latinAccents = 'À-ÖØ-öø-ɏɓɔɖɗəɛɣɨɯɲʉʋʻ\u0300-\u036FḀ-ỿ'
const cyrillic = '\u0400-\u04FF'

/** Stretches that could hold a host: everything but punctuation (save `_`, `-`, `.`), spaces, markers and invalid characters. */
const hostRuns = () =>
  /[^!'#%&()*+,\\/:;<=>?@[\]^{|}~$\s\u0085\u180E\uFFFE\uFEFF\uFFFF\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069]+/g

const notBeforeLink = /[A-Za-z0-9@＠$#＃\uFFFE\uFEFF\uFFFF]/
const pathCharacter = new RegExp(`[a-z${cyrillic}0-9!*';:=+,.$/%#[\\]\\-\u2013_~@|&${latinAccents}]`, 'i')
const pathEnd = new RegExp(`[+\\-a-z${cyrillic}0-9=_#/${latinAccents}]`, 'i')
const parenthesised = (() => {
  const inside = pathCharacter.source
  return new RegExp(`\\((?:${inside}+|${inside}*\\(${inside}+\\)${inside}*)\\)`, 'iy')
})()
const query = /\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/]/iy
const port = /:[0-9]+/y
const asciiTail = new RegExp(`[-a-z0-9${latinAccents}]+$`, 'i')
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
  for (let run = runs.exec(text); run; run = runs.exec(text)) {
    if (!run[0].includes('.')) continue
    const link = linkAt(text, run.index, run[0])
    if (!link) continue
    links.push(link)
    runs.lastIndex = link.end
  }
  return links
}

function linkAt(text: string, start: number, run: string): Link | undefined {
  const hostLength = hostLengthOf(text, start, run)
  if (hostLength === 0) return undefined
  const hostEnd = start + hostLength
  const scheme = /https?:\/\/$/i.exec(text.slice(Math.max(0, start - 8), start))
  if (scheme) return withScheme(text, start - scheme[0].length, hostEnd)
  const before = text.charAt(start - 1)
  if (before === '/' || notBeforeLink.test(before)) return undefined
  const asciiStart = start + asciiOffset(text.slice(start, hostEnd))
  if (asciiStart >= hostEnd) return undefined
  const end = endOfPath(text, hostEnd)
  return end - asciiStart > longestLink ? undefined : { kind: 'link', start: asciiStart, end, hasScheme: false }
}

function withScheme(text: string, start: number, hostEnd: number): Link | undefined {
  if (notBeforeLink.test(text.charAt(start - 1))) return undefined
  const end = endOfPath(text, hostEnd)
  if (end - start > longestLink) return undefined
  const short = /^https?:\/\/t\.co\/([a-z0-9]+)(?:\?[a-z0-9!?*'@();:&=+$/%#[\]\-_.,~|]*[a-z0-9\-_&=#/])?/i.exec(
    text.slice(start, end),
  )
  if (short && (short[1] ?? '').length > longestSlug) return undefined
  return { kind: 'link', start, end: short ? start + short[0].length : end, hasScheme: true }
}

/** Length of the longest host at the start of `run`, or 0. */
function hostLengthOf(text: string, start: number, run: string): number {
  const labels = run.split('.')
  let valid = 0
  while (valid < labels.length && isLabel(labels[valid] ?? '')) valid += 1
  let offset = 0
  const offsets = labels.map((label) => {
    const here = offset
    offset += label.length + 1
    return here
  })
  for (let last = Math.min(valid, labels.length - 1); last >= 1; last -= 1) {
    if ((labels[last - 1] ?? '').includes('_')) continue
    const at = offsets[last] ?? 0
    const length = tldLength(text, start + at, labels[last] ?? '')
    if (length > 0) return at + length
  }
  return 0
}

const isLabel = (label: string): boolean =>
  label.length > 0 && label.length <= 63 && !/^[-_]/.test(label) && !/[-_]$/.test(label)

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

/** Without a scheme X links only the part of a host that is written in Latin letters: where that part begins. */
function asciiOffset(host: string): number {
  const tldDot = host.lastIndexOf('.')
  let from = tldDot
  while (from >= 0) {
    const dot = host.lastIndexOf('.', from - 1)
    const label = host.slice(from === 0 ? 0 : dot + 1, from)
    const tail = asciiTail.exec(label)
    if (!tail) return from === tldDot ? host.length : from + 1
    if (tail[0].length < label.length || dot < 0) return from - tail[0].length
    from = dot
  }
  return host.length
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

/** Where `sticky` stops matching when it starts at `at`; `at` itself when it does not match. */
function stick(sticky: RegExp, text: string, at: number): number {
  sticky.lastIndex = at
  return sticky.test(text) ? sticky.lastIndex : at
}
