import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod } from '../platform'
import { deleteWebhook, getMe, isToken, setWebhook } from './api'
import { addressFor, botIdOf, mayPost, scopesOf, secretOf, standingIn, type Standing } from './rights'
import { linkOf, telegramError } from './translate'

/** A channel's name or number, as people have it at hand: `@name`, `t.me/name`, a private post's link, `-100…`. */
function chatIdOf(typed: string): string | undefined {
  const text = typed.trim()
  const byLink = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(?:c\/(\d+)|([A-Za-z]\w{3,31}))(?:\/.*)?$/i.exec(text)
  if (byLink) return byLink[1] ? `-100${byLink[1]}` : `@${byLink[2]}`
  if (/^-?\d{5,16}$/.test(text)) return text
  return /^@?[A-Za-z]\w{3,31}$/.test(text) ? `@${text.replace(/^@/, '')}` : undefined
}

async function signIn(app: AppConfig, values: Readonly<Record<string, string>>): Answer<readonly ConnectedAccount[]> {
  const token = (values.token ?? '').trim()
  if (!isToken(token)) return fail({ code: 'auth_expired', reason: 'This is not a bot’s token.' })
  const chatId = chatIdOf(values.chat ?? '')
  if (!chatId)
    return fail({ code: 'rejected', reason: 'This is not the name of a channel or group. It looks like @my_channel.' })
  const bot = await getMe(app, token)
  if (!bot.ok) return fail(telegramError(bot.error, 'none', now()))
  const standing = await standingIn(app, token, chatId)
  if (!standing.ok) return standing
  if (!mayPost(standing.value))
    return fail({
      code: 'rejected',
      reason: `@${bot.value.body.username ?? 'The bot'} may not post there yet. Make it an administrator who may post messages.`,
    })
  const told = await tellWhere(app, token)
  if (!told.ok) return told
  const account = (of: Pick<Standing, 'chat' | 'rights'>): ConnectedAccount =>
    toAccount(app, token, bot.value.body.username ?? '', of)
  const { discussion } = standing.value
  return ok([
    account(standing.value),
    // Its comments come in, and are answered, there.
    ...(discussion && mayPost(discussion) ? [account(discussion)] : []),
  ])
}

const toAccount = (
  app: AppConfig,
  token: string,
  bot: string,
  { chat, rights }: Pick<Standing, 'chat' | 'rights'>,
): ConnectedAccount => ({
  kind: 'channel',
  traits: { bot, chatType: chat.type },
  // What is said to the bot is said to the channels it speaks for, and not once more to their groups.
  ...(chat.type === 'channel' ? { grantedBy: String(botIdOf(token)) } : {}),
  handle: chat.username ? `@${chat.username}` : (chat.title ?? String(chat.id)),
  displayName: chat.title ?? chat.username ?? String(chat.id),
  profileUrl: linkOf(app.webUrl, chat),
  credentials: { accessToken: token, scopes: scopesOf({ chat, rights }), externalId: String(chat.id) },
})

/**
 * Has Telegram report to this installation, where it has a secret for that. Otherwise the bot is asked, which Telegram
 * refuses while it reports anywhere. The address is ours alone: the secret goes along to it.
 */
async function tellWhere(app: AppConfig, token: string): Answer<void> {
  const secret = secretOf(app, String(botIdOf(token)))
  const told =
    secret && app.reportsUrl
      ? await setWebhook(app, token, addressFor(app.reportsUrl, token), secret)
      : await deleteWebhook(app, token)
  return told.ok ? ok(undefined) : fail(telegramError(told.error, 'none', now()))
}

export const botMethod: ConnectionMethod = {
  kind: 'form',
  name: 'bot',
  label: 'Telegram channel or group',
  help: 'Make a bot with @BotFather, add it to the channel or group as an administrator who may post messages, and paste its token here. Add it to the channel’s discussion group, too: then comments come in, and doubtful posts prove themselves.',
  url: 'https://t.me/BotFather',
  refusal: 'Telegram does not accept this token. Copy it again from @BotFather, or have it make a new one.',
  fields: [
    { name: 'token', label: 'Bot token', hint: '1234567890:AAH…', secret: true, optional: false },
    { name: 'chat', label: 'Channel or group', hint: '@my_channel', secret: false, optional: false },
  ],
  signIn,
}
