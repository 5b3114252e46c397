import { decodeHTML } from 'entities'
import { cutText } from '@/lib/core/excerpt'

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {})
const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : [])
const words = (value: unknown): string => (typeof value === 'string' ? value : '')

/** Longer than any article whose first picture is looked for. */
const mostMarkup = 20_000
const pictureEnd = /\.(jpe?g|png|gif|webp)$/i

/** What says that it is no picture is none; of what says nothing, the end of the address does. */
const isPicture = ({ type, mime_type: mime, medium, url, href }: Fields): boolean => {
  const kind = words(type) || words(mime) || words(medium)
  const address = words(url) || words(href)
  return kind ? /^image\b/i.test(kind) : URL.canParse(address) && pictureEnd.test(new URL(address).pathname)
}
const addressOf = ({ url, href }: Fields): string => words(url) || words(href)

/** The first picture of a page's markup. A tag is looked for to its end and no further, so that none is looked through twice. */
function inMarkup(html: string): string {
  const tag = /<img\s[^<>]*>/i.exec(cutText(html, mostMarkup))?.[0] ?? ''
  const [, , source] = /\ssrc\s*=\s*(["'])(.*?)\1/i.exec(tag) ?? []
  return source ? decodeHTML(source) : ''
}

function named(entry: Fields): string {
  const media = fieldsOf(entry.media)
  const groups = listOf(media.groups)
  const contents = [media, ...groups].flatMap((one) => listOf(one.contents))
  const thumbnails = [...contents, media, ...groups].flatMap((one) => listOf(one.thumbnails))
  const enclosures = [
    ...listOf(entry.enclosures),
    ...listOf(entry.links).filter(({ rel }) => rel === 'enclosure'),
    ...listOf(entry.attachments),
  ]
  const found = [...enclosures, ...contents].find(isPicture) ?? thumbnails[0]
  return (found && addressOf(found)) || words(entry.image) || words(entry.banner_image)
}

/**
 * The address of an entry's picture: what it encloses, names as its media or thumbnail, or else shows first in its text.
 * @param link the entry's page: an address in a text may be relative to it
 * @returns '' where there is none
 */
export function pictureOf(entry: Fields, link: string): string {
  const content = fieldsOf(entry.content)
  const texts = [content.encoded, content.value, entry.content, entry.content_html, entry.summary, entry.description]
  const text = texts.map((one) => words(one) || words(fieldsOf(one).value))
  const address = [named(entry), ...text.map(inMarkup)].find((one) => one !== '') ?? ''
  const base = URL.canParse(link) ? link : undefined
  if (address === '' || !URL.canParse(address, base)) return ''
  const { protocol, href } = new URL(address, base)
  return /^https?:$/.test(protocol) && href.length <= 2_000 ? href : ''
}
