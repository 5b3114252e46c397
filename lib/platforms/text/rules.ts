import type { NetworkName } from './networks'
import type { Counting, Provenance, TextField, TextRule } from './rule'

const readOn = '2026-11-21'
const documented = (source: string): Provenance => ({ source, readOn, verified: true })
/** The number is widely known, but the maker's own page was not at hand. */
const believed = (source: string): Provenance => ({ source, readOn, verified: false })

type Extra = Partial<
  Pick<TextRule, 'maxBytes' | 'maxHashtags' | 'maxMentions' | 'maxLinks' | 'maxCashtags' | 'forbidden'>
>

const rule = (
  network: NetworkName,
  field: TextField,
  max: number,
  counting: Counting,
  provenance: Provenance,
  extra: Extra = {},
): TextRule => ({ network, field, max, ...counting, ...extra, ...provenance })

const utf16 = { unit: 'utf16' } as const
const codePoints = { unit: 'codePoints' } as const
const utf8Bytes = { unit: 'utf8Bytes' } as const
const graphemes = { unit: 'graphemes', shortenLinks: false } as const

const xWeighted = { unit: 'weighted', urlLength: 23 } as const
const xCounting = documented('twitter-text 3.1.0, config/v3.json')
const xApi = documented('X API OpenAPI 2.167')
const bsky = documented('lexicon app.bsky.feed.post')
const youtube = believed('https://developers.google.com/youtube/v3/docs/videos')
const pinterest = documented('Pinterest API OpenAPI 5.23.0, PinCreate')
const telegramApi = documented('Telegram Bot API 10.1')
const discordPost = believed(
  'https://discord.com/developers/docs/resources/message (the OpenAPI says 4000; 2000 without Nitro)',
)
const linkedInPosts = believed('https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api')
const tiktokApi = believed('https://developers.tiktok.com/doc/content-posting-api-reference-direct-post')

/** X's main text for accounts with a subscription that allows long posts. */
export const xPremiumRule: TextRule = rule(
  'x',
  'post',
  25_000,
  xWeighted,
  believed('https://help.x.com/en/using-x/x-premium'),
  {
    maxCashtags: 1,
  },
)

/**
 * Mastodon's main text with the numbers of one server.
 * @param server `configuration.statuses` of `GET /api/v2/instance`
 */
export const mastodonRule = (
  server: { max_characters?: number; characters_reserved_per_url?: number } = {},
): TextRule =>
  rule(
    'mastodon',
    'post',
    server.max_characters ?? 500,
    { unit: 'mastodon', urlLength: server.characters_reserved_per_url ?? 23 },
    documented('https://docs.joinmastodon.org/user/posting/ and GET /api/v2/instance'),
  )

/** How each network counts its main text. */
export const textRules: Record<NetworkName, TextRule> = {
  // Apps may send one cashtag per post (X API changelog, 2026-02-23).
  x: rule('x', 'post', 280, xWeighted, xCounting, { maxCashtags: 1 }),
  // The unit is not documented. UTF-16 is the largest of the plausible ones, so what fits here fits there.
  linkedin: rule('linkedin', 'post', 3000, utf16, linkedInPosts),
  bluesky: rule('bluesky', 'post', 300, { unit: 'graphemes', shortenLinks: true }, bsky, { maxBytes: 3000 }),
  facebook: rule(
    'facebook',
    'post',
    63_206,
    utf16,
    believed('https://developers.facebook.com/docs/graph-api/reference/page/feed'),
  ),
  instagram: rule(
    'instagram',
    'caption',
    2200,
    utf16,
    documented('https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media'),
    {
      maxHashtags: 30,
      maxMentions: 20,
    },
  ),
  threads: rule(
    'threads',
    'post',
    500,
    { unit: 'emojiBytes' },
    documented(
      'https://developers.facebook.com/documentation/threads/posts; links: …/threads/create-posts/text-attachments',
    ),
    { maxLinks: 5 },
  ),
  reddit: rule('reddit', 'post', 40_000, codePoints, believed('https://www.reddit.com/dev/api#POST_api_submit')),
  tiktok: rule('tiktok', 'caption', 2200, utf16, tiktokApi),
  youtube: rule('youtube', 'description', 5000, utf8Bytes, youtube, { forbidden: '<>' }),
  pinterest: rule('pinterest', 'description', 800, codePoints, pinterest),
  mastodon: mastodonRule(),
  telegram: rule('telegram', 'post', 4096, { unit: 'telegram', markup: 'plain' }, telegramApi),
  discord: rule('discord', 'post', 2000, utf16, discordPost),
  whatsapp: rule(
    'whatsapp',
    'post',
    4096,
    utf16,
    believed('https://developers.facebook.com/docs/whatsapp/cloud-api/messages/text-messages'),
  ),
}

const t = textRules

/** Every text of a network that has a limit of its own. A field that is absent is not offered, or has no known limit. */
export const fieldRules: Record<NetworkName, Partial<Record<TextField, TextRule>>> = {
  x: {
    post: t.x,
    reply: { ...t.x, field: 'reply' },
    comment: { ...t.x, field: 'comment' },
    alt: rule('x', 'alt', 1000, codePoints, xApi),
    option: rule('x', 'option', 25, codePoints, xApi),
  },
  linkedin: {
    post: t.linkedin,
    comment: rule(
      'linkedin',
      'comment',
      1250,
      utf16,
      believed(
        'https://learn.microsoft.com/linkedin/marketing/community-management/shares/network-update-social-actions',
      ),
    ),
    alt: rule('linkedin', 'alt', 4086, utf16, linkedInPosts),
    option: rule('linkedin', 'option', 30, utf16, linkedInPosts),
  },
  bluesky: {
    post: t.bluesky,
    reply: { ...t.bluesky, field: 'reply' },
    comment: { ...t.bluesky, field: 'comment' },
    // The lexicon bounds no alt text; the official app stops at 2000 graphemes.
    alt: rule(
      'bluesky',
      'alt',
      2000,
      graphemes,
      believed('https://github.com/bluesky-social/social-app src/lib/constants.ts'),
    ),
    tag: rule('bluesky', 'tag', 64, graphemes, bsky, { maxBytes: 640 }),
  },
  facebook: {
    post: t.facebook,
    comment: rule(
      'facebook',
      'comment',
      8000,
      utf16,
      believed('https://developers.facebook.com/docs/graph-api/reference/object/comments'),
    ),
  },
  instagram: {
    caption: t.instagram,
    comment: rule(
      'instagram',
      'comment',
      300,
      utf16,
      believed(
        'https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments',
      ),
    ),
    alt: rule(
      'instagram',
      'alt',
      1000,
      utf16,
      believed('https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-user/media'),
    ),
  },
  threads: {
    post: t.threads,
    reply: { ...t.threads, field: 'reply' },
    alt: rule(
      'threads',
      'alt',
      1000,
      utf16,
      believed('https://developers.facebook.com/docs/threads/posts/accessibility'),
    ),
    tag: rule(
      'threads',
      'tag',
      50,
      utf16,
      believed('https://developers.facebook.com/docs/threads/create-posts/topic-tags'),
      { forbidden: '.&' },
    ),
    option: rule(
      'threads',
      'option',
      25,
      utf16,
      documented('https://developers.facebook.com/documentation/threads/create-posts/polls'),
    ),
  },
  reddit: {
    post: t.reddit,
    title: rule('reddit', 'title', 300, codePoints, believed('https://www.reddit.com/dev/api#POST_api_submit')),
    comment: rule('reddit', 'comment', 10_000, codePoints, believed('https://www.reddit.com/dev/api#POST_api_comment')),
  },
  tiktok: {
    caption: t.tiktok,
    // Photo posts have a title and a description instead of the caption.
    title: rule('tiktok', 'title', 90, utf16, tiktokApi),
    description: rule('tiktok', 'description', 4000, utf16, tiktokApi),
  },
  youtube: {
    description: t.youtube,
    title: rule('youtube', 'title', 100, utf16, youtube, { forbidden: '<>' }),
    comment: rule(
      'youtube',
      'comment',
      10_000,
      utf16,
      believed('https://developers.google.com/youtube/v3/docs/comments'),
    ),
    // All tags together, with the commas between them; YouTube puts a tag that has a space into two quotation marks.
    tag: rule('youtube', 'tag', 500, utf16, youtube, { forbidden: '<>' }),
  },
  pinterest: {
    description: t.pinterest,
    title: rule('pinterest', 'title', 100, codePoints, pinterest),
    alt: rule('pinterest', 'alt', 500, codePoints, pinterest),
  },
  mastodon: {
    post: t.mastodon,
    reply: { ...t.mastodon, field: 'reply' },
    alt: rule(
      'mastodon',
      'alt',
      1500,
      codePoints,
      believed('GET /api/v2/instance, media_attachments.description_limit'),
    ),
    option: rule(
      'mastodon',
      'option',
      50,
      codePoints,
      believed('GET /api/v2/instance, polls.max_characters_per_option'),
    ),
  },
  telegram: {
    post: t.telegram,
    reply: { ...t.telegram, field: 'reply' },
    caption: { ...t.telegram, field: 'caption', max: 1024 },
    title: rule('telegram', 'title', 300, utf16, documented('Telegram Bot API 10.1, sendPoll.question')),
    option: rule('telegram', 'option', 100, utf16, documented('Telegram Bot API 10.1, InputPollOption.text')),
  },
  discord: {
    post: t.discord,
    reply: { ...t.discord, field: 'reply' },
    title: rule(
      'discord',
      'title',
      100,
      codePoints,
      documented('Discord OpenAPI of 2026-07-18, CreateTextThreadWithMessageRequest.name'),
    ),
    alt: rule(
      'discord',
      'alt',
      1024,
      codePoints,
      documented('Discord OpenAPI of 2026-07-18, MessageAttachmentRequest.description'),
    ),
  },
  whatsapp: {
    post: t.whatsapp,
    reply: { ...t.whatsapp, field: 'reply' },
    caption: rule('whatsapp', 'caption', 1024, utf16, documented('WhatsApp Cloud API OpenAPI v23.0, caption')),
  },
}
