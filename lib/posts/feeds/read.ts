import { decodeHTML } from 'entities'
import { parseFeed } from 'feedsmith'
import { cleanText } from '@/lib/core/clean'
import { cutText } from '@/lib/core/excerpt'
import { fail, ok, type Result } from '@/lib/core/result'
import { pictureOf } from './picture'

/** What a feed says of itself and its items, the newest first as it lists them. */
export type ReadFeed = { readonly title: string; readonly items: readonly FeedEntry[] }
export type FeedEntry = {
  /** What the feed knows it by. */
  readonly guid: string
  readonly title: string
  readonly summary: string
  readonly link: string
  /** The address of its picture. */
  readonly picture: string
  readonly author: string
  /** As the feed writes it. */
  readonly date: string
}

/** A field of any of the formats, as text. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return cleanText(value).trim()
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return textOf(value[0])
  if (typeof value !== 'object' || value === null) return ''
  const { value: inner, text, name, href, url, content } = value as Readonly<Record<string, unknown>>
  return textOf(inner ?? text ?? name ?? href ?? url ?? content)
}

type Fields = Readonly<Record<string, unknown>>
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : [])

/** The first of an entry's fields that says something. */
const first = (entry: Fields, ...names: readonly string[]): string =>
  names.reduce((found, name) => found || textOf(entry[name]), '')

/** Atom lists addresses of several kinds; a reader opens the alternate one. */
function linkOf(entry: Fields): string {
  const links = listOf(entry.links)
  const best = links.find(({ rel }) => rel === 'alternate' || rel === undefined) ?? links[0]
  const link = (best && textOf(best.href)) || first(entry, 'link', 'url', 'external_url')
  return /^https?:\/\//i.test(link) && link.length <= 2_000 ? link : ''
}

/** Longer than anything that is taken of it; a feed may be megabytes of one tag that is never closed. */
const mostMarkup = 20_000

/** More items than this are not looked at, nor remembered: a feed is about the newest. */
const mostEntries = 2_000

/** Tags end at a `>`. After the last one there is none, and each `<` there would be looked through to the end in vain. */
function withoutTags(html: string): string {
  const end = html.lastIndexOf('>') + 1
  const tagged = html.slice(0, end)
  return tagged.replace(/<(br|\/p|\/div|\/li|\/h\d)\b[^>]*>/gi, '\n').replace(/<[^>]*>/g, '') + html.slice(end)
}

/** Words without their markup, as a post has them. */
export const plainText = (html: string): string =>
  // What a reader would see as a tag, and was written as none, stays.
  decodeHTML(withoutTags(cutText(html, mostMarkup)))
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ *\n */g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
/** Reads RSS, Atom, RDF or JSON Feed. Fails with a sentence when it is none of them. */
export function readFeed(text: string): Result<ReadFeed> {
  let feed: Fields
  try {
    // The library's type is a union of all formats; the fields are taken by name.
    feed = parseFeed(text).feed as Fields
  } catch {
    // The library says that a text is no feed by throwing, and nothing else can fail here.
    return fail({
      code: 'VALIDATION_ERROR',
      message: 'There is no feed at this address. Look for one that ends in rss, atom or feed.',
    })
  }
  const entries = [...listOf(feed.items), ...listOf(feed.entries)].slice(0, mostEntries)
  return ok({
    title: cutText(plainText(textOf(feed.title)), 200),
    items: entries.flatMap((entry) => {
      const link = linkOf(entry)
      const title = cutText(plainText(first(entry, 'title')), 500)
      const guid = first(entry, 'guid', 'id') || link || title
      if (!guid) return []
      return {
        guid,
        link,
        picture: pictureOf(entry, link),
        title,
        summary: cutText(
          plainText(first(entry, 'description', 'summary', 'content_text', 'content', 'content_html')),
          2_000,
        ),
        author: cutText(plainText(first(entry, 'author', 'authors', 'creator')), 200),
        date: cutText(first(entry, 'pubDate', 'published', 'date_published', 'updated'), 100),
      }
    }),
  })
}

const templateWords = ['title', 'summary', 'link', 'author', 'date'] as const

/** What a draft says of an item. A line whose words are all missing is left out. */
export function fillTemplate(template: string, entry: FeedEntry): string {
  return template
    .split('\n')
    .flatMap((line) => {
      const words = [...line.matchAll(/\{(\w+)\}/g)].flatMap(
        ([, word]) => templateWords.find((known) => known === word) ?? [],
      )
      if (words.length > 0 && words.every((word) => entry[word] === '')) return []
      return line.replace(/\{(\w+)\}/g, (written, word: string) => {
        const known = templateWords.find((one) => one === word)
        return known ? entry[known] : written
      })
    })
    .join('\n')
    .trim()
}
