import { escapeHtml } from '../core/page'
import type { Segment } from '../core/state'

const links = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}']/giu
const mentions = /(?<![/\p{L}\p{N}_])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_])?)(?:@[\p{L}\p{N}.:-]*[\p{L}\p{N}])?/giu
const tags = /(?<![/\p{L}\p{N}_&])#([\p{L}\p{N}_]*\p{L}[\p{L}\p{N}_]*)/gu

const maxCharacters = 500
const urlLength = 23

/** Mastodon's own length: an address is 23, a mention is its name alone, and the warning counts too. */
export function isTooLong(text: string, warning: string): boolean {
  const counted = (warning + text)
    .replace(links, 'x'.repeat(urlLength))
    .replace(mentions, (_, name: string) => `@${name}`)
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(counted)].length > maxCharacters
}

export const namesIn = (text: string): readonly string[] =>
  [...text.matchAll(mentions)].flatMap(([, name]) => (name === undefined ? [] : [name]))

export const tagsIn = (text: string): readonly string[] =>
  [...text.matchAll(tags)].flatMap(([, tag]) => (tag === undefined ? [] : [tag]))

/** Stretches of a text with where each leads, in order. */
function stretches(
  text: string,
  url: string,
): { text: string; kind: 'text' | 'link' | 'mention' | 'tag'; href: string }[] {
  const found = [
    ...[...text.matchAll(links)].map((m) => ({ at: m.index, text: m[0], kind: 'link' as const, href: m[0] })),
    ...[...text.matchAll(mentions)].map((m) => ({
      at: m.index,
      text: `@${m[1]}`,
      whole: m[0],
      kind: 'mention' as const,
      href: `${url}/@${m[1]}`,
    })),
    ...[...text.matchAll(tags)].map((m) => ({
      at: m.index,
      text: m[0],
      kind: 'tag' as const,
      href: `${url}/tags/${m[1]}`,
    })),
  ].toSorted((a, b) => a.at - b.at)
  const parts: ReturnType<typeof stretches> = []
  let done = 0
  for (const each of found) {
    if (each.at < done) continue
    if (each.at > done) parts.push({ text: text.slice(done, each.at), kind: 'text', href: '' })
    parts.push(each)
    done = each.at + ('whole' in each ? each.whole.length : each.text.length)
  }
  if (done < text.length) parts.push({ text: text.slice(done), kind: 'text', href: '' })
  return parts
}

/** The text as readers see it. */
export const rich = (text: string, url: string): readonly Segment[] =>
  stretches(text, url).map(({ text: shown, kind, href }) => (kind === 'text' ? { text: shown } : { text: shown, href }))

/** The text as Mastodon hands it out. Long addresses are cut by CSS: all of their text is there. */
export function contentOf(text: string, url: string): string {
  const inside = stretches(text.trim(), url)
    .map(({ text: shown, kind, href }) => {
      const escaped = escapeHtml(shown)
      const to = escapeHtml(href)
      switch (kind) {
        case 'text':
          return escaped
        case 'mention':
          return `<span class="h-card" translate="no"><a href="${to}" class="u-url mention">@<span>${escaped.slice(1)}</span></a></span>`
        case 'tag':
          return `<a href="${to}" class="mention hashtag" rel="tag">#<span>${escaped.slice(1)}</span></a>`
        case 'link':
          return `<a href="${to}" target="_blank" rel="nofollow noopener" translate="no">${hidden(shown)}</a>`
      }
    })
    .join('')
  const paragraphs = inside.split(/\n{2,}/).map((part) => `<p>${part.replaceAll('\n', '<br />')}</p>`)
  return inside === '' ? '' : paragraphs.join('')
}

function hidden(url: string): string {
  const prefix = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? ''
  const shown = url.slice(prefix.length, prefix.length + 30)
  const rest = url.slice(prefix.length + 30)
  const more = rest === '' ? '' : ' class="ellipsis"'
  return `<span class="invisible">${escapeHtml(prefix)}</span><span${more}>${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(rest)}</span>`
}
