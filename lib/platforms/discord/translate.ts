import { cutText } from '@/lib/core/excerpt'
import { z } from 'zod'
import { judge, liftedAfter, resetTime, sentence, type Effect, type Refusal, type Trouble } from '../outcome'
import { fileName } from '../file-names'
import type { Credentials, Metrics, Part, PlatformError, Published } from '../platform'
import type { Attached, Message, NewMessage, Problem } from './api'
import { embedDescriptionMax, embedTitleMax, questionMax } from './limits'
import { oneLine } from '../text'

/**
 * Where an account writes. An account is known by the path Discord itself uses, `server/channel`, with the webhook's
 * id behind it where the way in is an incoming webhook.
 */
export type Place = { readonly guild: string; readonly channel: string; readonly webhook?: string }

export function placeOf({ externalId }: Pick<Credentials, 'externalId'>): Place {
  const [guild = '', channel = '', webhook] = externalId.split('/')
  return { guild, channel, ...(webhook ? { webhook } : {}) }
}

/** What must be known to answer a message or take it away. `thread`: the thread it began, or stands in. */
export const Ref = z.object({ channel: z.string(), thread: z.string().optional(), begins: z.boolean().optional() })
export type Ref = z.output<typeof Ref>

/** The reference of something known only by its id: it stands in the account's own channel. */
export const refOf = (published: Pick<Published, 'ref'>, place: Place): Ref =>
  Ref.safeParse(published.ref).data ?? { channel: place.channel }

export const toPublished = (webUrl: string, guild: string, id: string, ref: Ref): Published => ({
  externalId: id,
  url: `${webUrl}/channels/${guild}/${ref.begins ? id : `${ref.channel}/${id}`}`,
  ref,
})

/** The sentences under `errors`, however deep: `{content:{_errors:[{message}]}}`. */
function detailsOf(errors: unknown): readonly string[] {
  if (typeof errors !== 'object' || errors === null) return []
  return Object.entries(errors).flatMap(([name, inner]) =>
    name === '_errors' && Array.isArray(inner)
      ? inner.flatMap((each: unknown) => z.object({ message: z.string() }).safeParse(each).data?.message ?? [])
      : detailsOf(inner),
  )
}

/** discord.com/developers/docs/topics/opcodes-and-status-codes#json-json-error-codes, from memory and client code: unverified. */
const sentences: Readonly<Record<number, string>> = {
  10003: 'Discord no longer has this channel. Connect another one.',
  10008: 'Discord no longer has this message.',
  40005: 'Discord says a file is too large for this server.',
  50001: 'The bot cannot see this channel. Give it the permission “View channel” in Discord.',
  50006: 'Discord takes no empty message. Write something or add a file.',
  50008: 'This channel takes no plain messages. In a forum, give the post a title.',
  50013:
    'The bot may not do that here. Give it “Send messages”, “Embed links”, “Attach files” and, for threads and polls, those permissions in Discord.',
  220001: 'This webhook writes into a forum. Give the post a title.',
  220003: 'This webhook writes into a plain channel, where a post has no title. Take the title away.',
}

export const isGone = (trouble: Trouble<Problem>): boolean => trouble.kind === 'refused' && trouble.status === 404

/** The message is not there, and its channel is: what is said when that is gone is another code. */
export const isUnknownMessage = (trouble: Trouble<Problem>): boolean =>
  isGone(trouble) && trouble.kind === 'refused' && trouble.problem?.code === 10_008

/** The token is worth nothing any more: a bot's (401), a webhook's (50027), or the webhook was deleted (10015). */
const isSpent = (status: number, code: number | undefined): boolean =>
  status === 401 || code === 50027 || code === 10015

function refused({ status, headers, problem }: Refusal<Problem>, now: Date): PlatformError {
  if (status === 429) {
    const seconds = problem?.retry_after ?? Number(headers.get('x-ratelimit-reset-after') ?? Number.NaN)
    const minuteLater = new Date(now.getTime() + 60_000)
    const retryAt = liftedAfter(seconds, now) ?? resetTime(headers, 'x-ratelimit-reset', minuteLater, now)
    return { code: 'rate_limited', retryAt }
  }
  if (isSpent(status, problem?.code))
    return {
      code: 'auth_expired',
      reason: 'Discord no longer accepts this bot token or webhook. Reconnect the channel.',
    }
  const known = problem?.code === undefined ? undefined : sentences[problem.code]
  if (known) return { code: 'rejected', reason: known }
  if (status === 413) return { code: 'rejected', reason: 'Discord says the files are too large together.' }
  const words = [...detailsOf(problem?.errors), problem?.message ?? ''].find((text) => text !== '') ?? ''
  return {
    code: 'rejected',
    reason: words
      ? `Discord refused it: ${sentence(words)}`
      : `Discord refused it without saying why (HTTP ${status}).`,
  }
}

export const discordError = (trouble: Trouble<Problem>, effect: Effect, now: Date): PlatformError =>
  judge('Discord', trouble, effect, (refusal) => refused(refusal, now))

/** A refused sign-in is no expired one: the person starts again. */
export function signInError(trouble: Trouble<Problem>, now: Date): PlatformError {
  const refusedGrant = trouble.kind === 'refused' && (trouble.status === 400 || trouble.status === 401)
  if (!refusedGrant) return discordError(trouble, 'none', now)
  return trouble.problem?.error === 'invalid_client'
    ? { code: 'rejected', reason: 'Discord does not know this app. Check DISCORD_CLIENT_ID and DISCORD_CLIENT_SECRET.' }
    : {
        code: 'rejected',
        reason: 'Discord says this sign-in was used already or has expired. Start connecting the channel again.',
      }
}

/** Message flags, Discord OpenAPI of 2026-07-18. */
const flags = { crossposted: 1 << 0, suppressNotifications: 1 << 12 } as const
export const isCrossposted = (message: Pick<Message, 'flags'>): boolean => (message.flags & flags.crossposted) !== 0

/** Whom a message may ping. Nobody, unless a person chose otherwise. */
const pings: Readonly<Record<string, readonly string[]>> = {
  users: ['users'],
  roles: ['users', 'roles'],
  everyone: ['users', 'roles', 'everyone'],
}

const cut = (text: string, max: number): string => (text.length > max ? `${cutText(text, max - 1)}…` : text)

/** A poll's question is the last line of the text; what stands above it is the message. */
export function questionOf(text: string): { readonly content: string; readonly question: string } {
  const lines = text.trim().split('\n')
  const question = (lines.pop() ?? '').trim()
  return { content: lines.join('\n').trim(), question }
}

/** The files of a part under names Discord shows. A name that begins with `SPOILER_` hides the file until it is clicked. */
export const attachedTo = (part: Pick<Part, 'media' | 'options'>): Attached =>
  part.media.flatMap(({ file, alt }, at) => {
    if (!file) return []
    const name = fileName({ ...file, alt }, `${file.kind}-${at + 1}`)
    return [{ file, filename: part.options?.spoiler === true ? `SPOILER_${name}` : name }]
  })

/** Why a part cannot be sent at all, before Discord is asked. */
export function refusalOf(part: Part): PlatformError | undefined {
  if (part.media.some(({ file }) => !file))
    return { code: 'rejected', reason: 'A file of this post is no longer in the library. Add it again.' }
  if (part.poll && questionOf(part.text).question.length > questionMax)
    return {
      code: 'rejected',
      reason: `The last line of the text is the poll’s question, which may have ${questionMax} characters. Shorten it.`,
    }
  return undefined
}

const cardOf = (part: Part): NewMessage['embeds'] => {
  // Discord makes a card of its own from an address in the text: two of the same would stand there.
  if (!part.link || part.text.includes(part.link.url)) return undefined
  const { url, title, description, imageUrl } = part.link
  return [
    {
      url,
      title: cut(title?.trim() || url, embedTitleMax),
      ...(description?.trim() ? { description: cut(description.trim(), embedDescriptionMax) } : {}),
      ...(imageUrl ? { thumbnail: { url: imageUrl } } : {}),
    },
  ]
}

/** Our part in Discord's words, as far as bots and webhooks have them in common. */
export function toMessage(part: Part): NewMessage {
  const { content, question } = part.poll ? questionOf(part.text) : { content: part.text, question: '' }
  const embeds = cardOf(part)
  const attachments = attachedTo(part).map(({ filename }, at) => {
    const { kind, alt } = part.media[at] ?? {}
    // Of a document, Discord may change the name; the title stays as it is.
    const said = alt ? (kind === 'document' ? { title: alt } : { description: alt }) : {}
    return { id: String(at), filename, ...said }
  })
  return {
    ...(content ? { content } : {}),
    ...(embeds ? { embeds } : {}),
    ...(attachments.length > 0 ? { attachments } : {}),
    ...(part.options?.silent === true ? { flags: flags.suppressNotifications } : {}),
    allowed_mentions: { parse: pings[String(part.options?.mentions ?? 'none')] ?? [], replied_user: false },
    ...(part.poll
      ? {
          poll: {
            question: { text: question },
            answers: part.poll.options.map((text) => ({ poll_media: { text } })),
            duration: Math.ceil(part.poll.minutes / 60),
            allow_multiselect: part.poll.multiple,
          },
        }
      : {}),
  }
}

/** Where a part is written: the thread of what it answers, the channel of what it answers, or the account's own channel. */
export function channelFor(part: Pick<Part, 'replyTo'>, place: Place): string {
  const ref = part.replyTo && refOf(part.replyTo.parent, place)
  return ref?.thread ?? ref?.channel ?? place.channel
}

/** What only a bot can say: a key that Discord enforces, and what it answers. */
export function toBotMessage(part: Part, place: Place): NewMessage {
  const parent = part.replyTo?.parent
  // A message that began a thread stands outside of it, and Discord refuses to point at it from inside.
  const isBeside = parent && refOf(parent, place).channel === channelFor(part, place)
  return {
    ...toMessage(part),
    nonce: part.key.recordKey ?? '',
    enforce_nonce: true,
    ...(isBeside ? { message_reference: { message_id: parent.externalId, fail_if_not_exists: true } } : {}),
  }
}

export const forumTagsOf = (part: Part): readonly string[] =>
  typeof part.options?.tag === 'string' && part.options.tag !== '' ? [part.options.tag] : []

/** Is this message the part we may have sent as `author`? A nonce, where Discord still shows it, decides alone. */
export function matches(message: Message, part: Part, place: Place, author: string): boolean {
  if (message.author.id !== author) return false
  const { nonce } = message
  if (nonce !== null && nonce !== undefined) return String(nonce) === part.key.recordKey
  const sent = toBotMessage(part, place)
  return (
    oneLine(message.content) === oneLine(sent.content) &&
    oneLine(message.poll?.question.text) === oneLine(sent.poll?.question.text) &&
    message.attachments.length === part.media.length &&
    (message.message_reference?.message_id ?? undefined) === sent.message_reference?.message_id &&
    (sent.embeds ?? []).every(({ url }) => message.embeds.some((embed) => embed.url === url))
  )
}

/** Discord leaves `reactions` out where there are none. */
export const toMetrics = (message: Pick<Message, 'reactions'>): Metrics => ({
  reactions: (message.reactions ?? []).reduce((sum, { count }) => sum + count, 0),
})

/** 2015-01-01, from which Discord's ids count their milliseconds (discord.com/developers/docs/reference#snowflakes). */
const discordEpochMs = 1_420_070_400_000

/** The smallest id of that instant: everything later is larger. */
export const snowflakeAt = (at: Date): string => (BigInt(Math.max(0, at.getTime() - discordEpochMs)) << 22n).toString()

export const timeOf = (snowflake: string): Date => new Date(Number(BigInt(snowflake) >> 22n) + discordEpochMs)

/** Ids are numbers of up to 20 digits, which no double holds. */
export const isLater = (a: string, b: string): boolean => BigInt(a) > BigInt(b)
