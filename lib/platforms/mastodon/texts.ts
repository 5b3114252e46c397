import type { TextRule } from '../text/rule'
import { believed, codePoints, documented, textsOf } from '../text/texts'

const readOn = '2026-11-21'

/** A server's own numbers: `configuration.statuses` of `GET /api/v2/instance`. */
type Statuses = { readonly max_characters?: number; readonly characters_reserved_per_url?: number }

const postOf = (server: Statuses) =>
  ({
    max: server.max_characters ?? 500,
    unit: 'mastodon',
    urlLength: server.characters_reserved_per_url ?? 23,
    ...documented('https://docs.joinmastodon.org/user/posting/ and GET /api/v2/instance', readOn),
  }) as const

export const texts = textsOf('mastodon', {
  post: postOf({}),
  reply: postOf({}),
  alt: {
    max: 1500,
    ...codePoints,
    ...believed('GET /api/v2/instance, media_attachments.description_limit', readOn),
  },
  option: {
    max: 50,
    ...codePoints,
    ...believed('GET /api/v2/instance, polls.max_characters_per_option', readOn),
  },
})

/** The main text with the numbers of one server. */
export const postOn = (server: Statuses): TextRule => ({ ...texts.post, ...postOf(server) })
