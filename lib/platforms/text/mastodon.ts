import { countGraphemes } from './graphemes'
import { findLinks } from './links'

// Each part of a name begins in one way alone: were the dots between optional, a long name without a server would have no end.
const remoteMentions = /(?<![/\w])@([a-z0-9_]+(?:[.-]+[a-z0-9_]+)*)@[\p{L}\p{N}.-]*[\p{L}\p{N}]/giu

/**
 * The length Mastodon counts: graphemes, `urlLength` for each link that has a scheme, and `@user` for `@user@server`.
 * A content warning counts too: measure it together with the text.
 */
export function mastodonLength(text: string, urlLength: number): number {
  let length = 0
  let at = 0
  for (const link of findLinks(text)) {
    if (!link.hasScheme) continue
    length += countGraphemes(withoutServers(text.slice(at, link.start))) + urlLength
    at = link.end
  }
  return length + countGraphemes(withoutServers(text.slice(at)))
}

const withoutServers = (text: string): string => text.replace(remoteMentions, '@$1')
