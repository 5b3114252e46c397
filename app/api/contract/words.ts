import { z } from 'zod'
import { platformNames } from '@/lib/platforms'
import { PostContent, PostOverride, ThreadPart, Utm } from '@/lib/posts/schema'
import { exactly } from './endpoint'

export const Id = z.string().min(1).max(64)
export const OneId = exactly({ id: Id })

/** X is still called Twitter by many programs. */
const spelled: Readonly<Record<string, (typeof platformNames)[number]>> = {
  ...Object.fromEntries(platformNames.map((name) => [name, name])),
  twitter: 'x',
}
export const platformOf = (name: string): string => spelled[name] ?? name
export const PlatformName = z
  .enum([...platformNames, 'twitter'], {
    error: `is not a network that Posthorn posts to. Those there are: ${platformNames.join(', ')}`,
  })
  .transform((name) => spelled[name] ?? name)
  .meta({ description: '`twitter` is taken for `x`.' })

const word = z.string().trim().min(1).max(200).regex(/^\S+$/, 'must be one word')
const ThreadPost = exactly({ text: ThreadPart.shape.text, media: z.array(Id).max(20).optional() })
const { title, link, linkTitle, linkDescription, firstComment } = PostContent.shape
const text = PostContent.shape.text.unwrap()
const alts = PostContent.shape.alts.unwrap()
const exactUtm = exactly(Utm.shape)

const poll = exactly(PostContent.shape.poll.unwrap().shape)
  .optional()
  .meta({ description: 'A question to readers, on networks that have polls. `minutes` is how long it is open.' })
const options = PostOverride.shape.options.meta({
  description:
    'What only this network asks about a post: privacy, board, format. `options` of `GET /api/accounts/{id}/options` says which there are.',
})
const common = {
  media: z.array(Id).max(20).optional().meta({ description: 'Ids of files in the library, in their order.' }),
  hashtags: z
    .array(word)
    .max(50)
    .optional()
    .meta({ description: 'Written at the end of `text`, with their #, unless it has them.' }),
  mentions: z
    .array(word)
    .max(50)
    .optional()
    .meta({ description: 'Written at the end of `text`, with their @, unless it has them.' }),
  thread: z.array(ThreadPost).max(25).optional().meta({ description: 'More posts below the first, in their order.' }),
}
/** The words of a new post. */
export const Content = exactly({
  text: text.default(''),
  ...common,
  title,
  link: link.meta({
    description:
      'Networks that do not look at its page get the title, description and picture that the page has when the post is sent.',
  }),
  linkTitle: linkTitle.meta({
    description: 'What the card says in the place of the page’s title; empty for the host.',
  }),
  linkDescription: linkDescription.meta({
    description: 'What the card says in the place of the page’s description; empty for none.',
  }),
  firstComment,
  poll,
  alts: alts.optional().meta({ description: 'Descriptions of pictures for this post alone, by media id.' }),
  utm: exactUtm.optional(),
})
/** What is to change in a post: what is absent stays, null takes away. */
export const ContentChange = exactly({
  text: text.optional(),
  ...common,
  title,
  link: link.nullable(),
  linkTitle: linkTitle.nullable(),
  linkDescription: linkDescription.nullable(),
  firstComment: firstComment.nullable(),
  poll: poll.nullable(),
  alts: alts.optional(),
  utm: exactUtm.nullable().optional(),
}).refine(
  (given) => given.text !== undefined || !(given.hashtags?.length || given.mentions?.length),
  'hashtags and mentions are written into the text, so send text with them',
)
/** What one account says differently. */
const CustomContent = exactly({
  text: text.optional(),
  ...common,
  title,
  link: link.nullable(),
  linkTitle: linkTitle.meta({ description: 'Beside a `link` of its own, the post’s title is not taken.' }),
  linkDescription: linkDescription.meta({ description: 'Beside a `link` of its own, the post’s is not taken.' }),
  firstComment: firstComment.nullable(),
  poll: poll.nullable(),
  options,
})
export const Platforms = z
  .array(exactly({ platform: PlatformName, accountId: Id, customContent: CustomContent.optional() }))
  .max(50)

type Marked = {
  readonly text: string
  readonly hashtags?: readonly string[] | undefined
  readonly mentions?: readonly string[] | undefined
}

/** The text with the hashtags and mentions that it does not have yet, after an empty line. */
function withMarks({ text: given, hashtags = [], mentions = [] }: Marked): string {
  const marked = (sign: string, words: readonly string[]) =>
    words.map((one) => (one.startsWith(sign) ? one : sign + one))
  const has = new Set(given.toLowerCase().split(/\s+/))
  const more = [...new Set([...marked('@', mentions), ...marked('#', hashtags)])].filter(
    (mark) => !has.has(mark.toLowerCase()),
  )
  return [given, more.join(' ')].filter(Boolean).join('\n\n')
}

type Common = Pick<z.output<typeof CustomContent>, 'media' | 'thread'>
const renamed = ({ media, thread }: Common) => ({
  ...(media ? { mediaIds: media } : {}),
  ...(thread ? { thread: thread.map((part) => ({ text: part.text, mediaIds: part.media ?? [] })) } : {}),
})

/** As the posts room has it. */
export const contentOf = ({ text: said, hashtags, mentions, media, thread, ...rest }: z.output<typeof Content>) => ({
  ...rest,
  ...renamed({ media, thread }),
  text: withMarks({ text: said, hashtags, mentions }),
})

export const changeOf = ({
  text: said,
  hashtags,
  mentions,
  media,
  thread,
  ...rest
}: z.output<typeof ContentChange>) => ({
  ...rest,
  ...renamed({ media, thread }),
  ...(said === undefined ? {} : { text: withMarks({ text: said, hashtags, mentions }) }),
})

/** The accounts of a post. Hashtags of an account’s own go onto its own text, or else onto `base`, the post's. */
export const targetsOf = (platforms: z.output<typeof Platforms>, base: string) =>
  platforms.map(({ platform, accountId, customContent }) => ({
    platform,
    accountId,
    ...(customContent ? { override: overrideOf(customContent, base) } : {}),
  }))

function overrideOf(
  {
    text: said,
    hashtags,
    mentions,
    media,
    thread,
    link: linked,
    firstComment: comment,
    ...own
  }: z.output<typeof CustomContent>,
  base: string,
): PostOverride {
  const isSaid = said !== undefined || hashtags !== undefined || mentions !== undefined
  return {
    ...own,
    ...renamed({ media, thread }),
    ...(isSaid ? { text: withMarks({ text: said ?? base, hashtags, mentions }) } : {}),
    ...(linked === undefined ? {} : { link: linked }),
    ...(comment === undefined ? {} : { firstComment: comment }),
  }
}
