import { findAddresses } from '@/lib/platforms/text'
import type { Utm } from '../schema'

/** Adds the tags to a link that does not carry them yet. */
export function tagged(url: string, utm: Utm | undefined): string {
  const given = Object.entries(utm ?? {}).filter((pair): pair is [string, string] => Boolean(pair[1]))
  if (given.length === 0 || !URL.canParse(url)) return url
  const tags = new URL(url)
  for (const [name, value] of given)
    if (!tags.searchParams.has(`utm_${name}`)) tags.searchParams.set(`utm_${name}`, value)
  return tags.toString()
}

/** A text with the tags on each of its links, as it will be sent and as it is counted. */
export function tagLinks(text: string, utm: Utm | undefined): string {
  let done = 0
  const pieces = findAddresses(text).map(({ start, end, url }) => {
    const piece = text.slice(done, start) + tagged(url, utm)
    done = end
    return piece
  })
  return pieces.join('') + text.slice(done)
}
