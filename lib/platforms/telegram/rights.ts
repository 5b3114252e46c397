import { now } from '@/lib/core/clock'
import { hmacSha256 } from '@/lib/core/crypto'
import { fail, ok, type Result } from '@/lib/core/result'
import type { AppConfig, PlatformError } from '../platform'
import { getChat, getMember, type FullChat, type Member } from './api'
import { telegramError } from './translate'

/** Rights of an administrator that we use or tell of. */
const usedRights = [
  'can_post_messages',
  'can_edit_messages',
  'can_delete_messages',
  'can_pin_messages',
  'can_manage_topics',
] as const

/** What stands among an account's scopes when the bot hears the channel's discussion group, where each post is echoed. */
export const hearsDiscussion = 'discussion_group'
/** What stands there when the bot is in a group without being its administrator. */
const isMember = 'member'

/** What stands there, before its number, of the channel that a group belongs to: administrators speak in the group as it. */
const linkedTo = 'linked_channel:'
export const isLinkedTo = (channelId: number, scopes: readonly string[]): boolean =>
  scopes.includes(`${linkedTo}${channelId}`)

/** What is kept with an account: what the bot may do there, and whose group it is. */
export const scopesOf = ({ chat, rights }: Pick<Standing, 'chat' | 'rights'>): readonly string[] =>
  chat.type === 'channel' || chat.linked_chat_id === undefined
    ? rights
    : [...rights, `${linkedTo}${chat.linked_chat_id}`]

/** A bot's own number is the first half of its token. */
export const botIdOf = (token: string): number => Number(token.split(':')[0])

/** The address for a bot's reports says whose they are: an update itself does not. */
const botParam = 'bot'
export function addressFor(url: string, token: string): string {
  const address = new URL(url)
  address.searchParams.set(botParam, String(botIdOf(token)))
  return address.href
}
export function botNamedBy(address: URL | undefined): string | undefined {
  const bot = address?.searchParams.get(botParam)
  return bot && /^\d{5,16}$/.test(bot) ? bot : undefined
}

/**
 * What a bot's reports are believed by. Each bot has its own: whoever owns one bot may learn the secret it was given, and
 * must not be able to speak for another. Undefined where the installation has no secret: then bots are asked.
 */
export const secretOf = (app: AppConfig, bot: string): string | undefined =>
  app.webhookSecret ? hmacSha256(app.webhookSecret, `telegram bot ${bot}`).toString('hex') : undefined

/** The chat, what the bot may do there, and the group where its posts are discussed, when the bot is in it. */
export type Standing = {
  readonly chat: FullChat
  readonly rights: readonly string[]
  readonly discussion?: { readonly chat: FullChat; readonly rights: readonly string[] }
}

const present = (member: Member): boolean => !['left', 'kicked'].includes(member.status)

const rightsOf = (member: Member): readonly string[] =>
  member.status === 'administrator' || member.status === 'creator'
    ? usedRights.filter((right) => member[right] === true)
    : present(member) && member.can_send_messages !== false
      ? [isMember]
      : []

/** May it post? Channels take only administrators who may; groups take members. */
export const mayPost = ({ chat, rights }: Pick<Standing, 'chat' | 'rights'>): boolean =>
  chat.type === 'channel' ? rights.includes('can_post_messages') : rights.length > 0

/** Asks Telegram what the bot may do in a chat. Reads only. */
export async function standingIn(
  app: AppConfig,
  token: string,
  chatId: string,
): Promise<Result<Standing, PlatformError>> {
  const chat = await getChat(app, token, chatId)
  if (!chat.ok) return fail(telegramError(chat.error, 'none', now()))
  const member = await getMember(app, token, String(chat.value.body.id), botIdOf(token))
  if (!member.ok) return fail(telegramError(member.error, 'none', now()))
  const rights = rightsOf(member.value.body)
  const linked = chat.value.body.linked_chat_id
  if (chat.value.body.type !== 'channel' || linked === undefined) return ok({ chat: chat.value.body, rights })
  const group = await discussionOf(app, token, String(linked))
  if (!group.ok) return group
  return ok({
    chat: chat.value.body,
    rights: group.value ? [...rights, hearsDiscussion] : rights,
    ...(group.value ? { discussion: group.value } : {}),
  })
}

/** Undefined when the bot is not in the group, which Telegram says by refusing to speak of it. */
async function discussionOf(
  app: AppConfig,
  token: string,
  chatId: string,
): Promise<Result<Standing['discussion'], PlatformError>> {
  const chat = await getChat(app, token, chatId)
  const member = chat.ok ? await getMember(app, token, chatId, botIdOf(token)) : chat
  if (!member.ok) {
    const { error } = member
    const outside = error.kind === 'refused' && (error.status === 400 || error.status === 403)
    return outside ? ok(undefined) : fail(telegramError(error, 'none', now()))
  }
  if (!chat.ok || !present(member.value.body)) return ok(undefined)
  return ok({ chat: chat.value.body, rights: rightsOf(member.value.body) })
}
