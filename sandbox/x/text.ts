import { createHash } from 'node:crypto'
import twitterText from 'twitter-text'
import type { Segment } from '../core/state'

/** Where a post is cut short, if its author may write more. */
const shortWeight = 280

/** X's own length: 280 is full. The mentions that a reply begins with weigh nothing. */
export function weight(text: string, isReply: boolean): number {
  const counted = isReply ? text.replace(/^(?:@\w{1,15}\s+)+/u, '') : text
  return twitterText.parseTweet(counted.normalize('NFC')).weightedLength
}

export function cashtagCount(text: string): number {
  return twitterText.extractCashtags(text).length
}

export function mentions(text: string): readonly string[] {
  return twitterText.extractMentions(text)
}

type UrlEntity = { start: number; end: number; url: string; expanded_url: string; display_url: string; status?: number }

/** A text as X keeps it: links shortened, and the three characters of HTML escaped. */
export type KeptText = {
  readonly text: string
  readonly urls: readonly UrlEntity[]
  readonly hashtags: readonly { start: number; end: number; tag: string }[]
}

/** `mediaUrl` is the link that X adds behind a text with pictures. Indices are in code points of the escaped text. */
export function keep(text: string, mediaUrl: string | undefined): KeptText {
  const urls: UrlEntity[] = []
  let kept = ''
  let done = 0
  for (const found of twitterText.extractUrlsWithIndices(text)) {
    const [from, to] = found.indices
    kept += escapeThree(text.slice(done, from))
    const expanded = /^https?:\/\//i.test(found.url) ? found.url : `http://${found.url}`
    const short = shortLink(expanded)
    urls.push({
      start: points(kept),
      end: points(kept) + short.length,
      url: short,
      expanded_url: expanded,
      display_url: display(expanded),
    })
    kept += short
    done = to
  }
  kept += escapeThree(text.slice(done))
  if (mediaUrl !== undefined) {
    const short = shortLink(mediaUrl)
    kept += kept === '' ? '' : ' '
    urls.push({
      start: points(kept),
      end: points(kept) + short.length,
      url: short,
      expanded_url: mediaUrl,
      display_url: `pic.x.com/${short.slice(-10)}`,
    })
    kept += short
  }
  const hashtags = twitterText.extractHashtagsWithIndices(kept).map((h) => ({
    start: points(kept.slice(0, h.indices[0])),
    end: points(kept.slice(0, h.indices[1])),
    tag: h.hashtag,
  }))
  return { text: kept, urls, hashtags }
}

/** A post's text as it is given: of a long one the beginning, and the whole in its note. */
export function told(
  text: string,
  { isReply, mediaUrl }: { readonly isReply: boolean; readonly mediaUrl?: string },
): { readonly kept: KeptText; readonly note?: KeptText } {
  if (weight(text, isReply) <= shortWeight) return { kept: keep(text, mediaUrl) }
  // A character weighs 2 at most.
  const beginning = [...text].slice(0, shortWeight / 2 - 1).join('')
  return { kept: keep(`${beginning}…`, mediaUrl), note: keep(text, undefined) }
}

/** The text as readers see it. */
export function rich(text: string): readonly Segment[] {
  const parts: Segment[] = []
  let done = 0
  for (const found of twitterText.extractUrlsWithIndices(text)) {
    if (found.indices[0] > done) parts.push({ text: text.slice(done, found.indices[0]) })
    const href = /^https?:\/\//i.test(found.url) ? found.url : `http://${found.url}`
    parts.push({ text: display(href), href })
    done = found.indices[1]
  }
  if (done < text.length) parts.push({ text: text.slice(done) })
  return parts
}

function shortLink(url: string): string {
  return `https://t.co/${createHash('sha256').update(url).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 10)}`
}

function display(url: string): string {
  const bare = url.replace(/^https?:\/\/(?:www\.)?/i, '')
  return bare.length > 27 ? `${bare.slice(0, 26)}…` : bare
}

function escapeThree(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function points(text: string): number {
  return [...text].length
}
