import type { MediaCard } from '@/lib/media/schema'
import { networkLooks, type Look, type NetworkName } from '@/lib/platforms/names'
import { blueskyFacets, findEntities } from '@/lib/platforms/text'
import {
  type OptionValues,
  countedText,
  limitsOf,
  placeOfLink,
  tagged,
  tagLinks,
  type PostContent,
  type TargetAccount,
} from '@/lib/posts/schema'

/** A stretch of text as a reader sees it: plain, or something to press. */
export type Run = { readonly text: string; readonly isLink: boolean }

/** The card of a link: its address with its tags, and as it was written. */
export type ShownCard = {
  readonly url: string
  readonly written: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  /** The network does not look at the page: the card has what Posthorn found there. */
  readonly isOurs: boolean
}

/** One post as a reader of the network will see it. */
export type Shown = {
  readonly runs: readonly Run[]
  readonly media: readonly { readonly card: MediaCard; readonly alt: string }[]
  /** Networks show no card beside media. */
  readonly link?: ShownCard
  readonly title?: string
  readonly poll?: NonNullable<PostContent['poll']>
}

const utf8 = new TextEncoder()
const fromUtf8 = new TextDecoder()

/** Bluesky counts in bytes; what it shows is shortened already. */
function blueskyRuns(text: string): readonly Run[] {
  const shown = blueskyFacets(text)
  const bytes = utf8.encode(shown.text)
  const cut = (from: number, to?: number) => fromUtf8.decode(bytes.subarray(from, to))
  const runs: Run[] = []
  let at = 0
  for (const { byteStart, byteEnd } of shown.facets) {
    runs.push({ text: cut(at, byteStart), isLink: false }, { text: cut(byteStart, byteEnd), isLink: true })
    at = byteEnd
  }
  return [...runs, { text: cut(at), isLink: false }]
}

/** Longest address that X shows whole: https://docs.x.com/x-api/fundamentals/counting-characters, display_url. */
const xShownAddress = 30

function entityRuns(text: string, shorten: boolean): readonly Run[] {
  const runs: Run[] = []
  let at = 0
  for (const { kind, start, end } of findEntities(text)) {
    const written = text.slice(start, end)
    const bare = kind === 'link' && shorten ? written.replace(/^https?:\/\/(www\.)?/i, '') : written
    const shown = kind === 'link' && shorten && bare.length > xShownAddress ? `${bare.slice(0, xShownAddress)}…` : bare
    runs.push({ text: text.slice(at, start), isLink: false }, { text: shown, isLink: true })
    at = end
  }
  return [...runs, { text: text.slice(at), isLink: false }]
}

/** How networks of a family show a text; others as X does, with addresses in full. */
const runsBy: Partial<Record<Look, (text: string) => readonly Run[]>> = {
  x: (text) => entityRuns(text, true),
  bluesky: blueskyRuns,
}

/** A text in the stretches that a network makes of it. */
export const runsOf = (text: string, platform: NetworkName): readonly Run[] =>
  (runsBy[networkLooks[platform]]?.(text) ?? entityRuns(text, false)).filter((run) => run.text !== '')

const cardOf = ({ utm, linkTitle, linkDescription }: PostContent, written: string, isOurs: boolean): ShownCard => ({
  isOurs,
  url: tagged(written, utm),
  written,
  title: linkTitle?.trim(),
  description: linkDescription?.trim(),
})

/** A post and its further ones, as they will be sent. */
export function shownOf(
  words: PostContent,
  account: TargetAccount,
  known: ReadonlyMap<string, MediaCard>,
  options: OptionValues,
): readonly Shown[] {
  const { platform, threads } = account
  const limits = limitsOf(account, options)
  const { utm, alts } = words
  const files = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const card = known.get(id)
      return card ? [{ card, alt: alts[id] ?? card.alt }] : []
    })
  const media = files(words.mediaIds)
  const poll = limits.poll && words.poll
  const place = placeOfLink(words, { limits })
  // X makes its card of the first link in the text; what has a picture or a poll shows that instead.
  const hasCard = media.length === 0 && (place === 'apart' || (place === 'text' && !poll))
  const link =
    words.link && hasCard ? cardOf(words, words.link, place === 'apart' && limits.link?.card !== undefined) : undefined
  // Without a card the link is read in the text, where the network has no field for it.
  const text = hasCard ? tagLinks(words.text, utm) : countedText(words, { ...account, limits })
  const first: Shown = {
    // A story shows no text.
    runs: limits.text.max === 0 ? [] : runsOf(text, platform),
    media,
    ...(limits.title && words.title ? { title: words.title } : {}),
    ...(poll ? { poll } : {}),
    ...(link ? { link } : {}),
  }
  if (!threads) return [first]
  return [
    first,
    ...words.thread.map((part) => ({ runs: runsOf(tagLinks(part.text, utm), platform), media: files(part.mediaIds) })),
  ]
}
