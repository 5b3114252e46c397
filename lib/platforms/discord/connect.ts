import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod } from '../platform'
import { deleteWebhook, exchangeCode, getChannel, getGrant, getMe, getWebhook } from './api'
import { traitsOf } from './limits'
import { discordError, signInError } from './translate'

/**
 * discord.com/developers/docs/topics/permissions: view channel, send messages, embed links, attach files, read message
 * history, add reactions, manage messages, use public threads, send in threads, manage threads, send polls.
 */
const permissions = [10, 11, 14, 15, 16, 6, 13, 35, 38, 34, 49].reduce((sum, bit) => sum | (1n << BigInt(bit)), 0n)

/**
 * `webhook.incoming` makes Discord ask for a channel on its consent page; `bot` alone asks only for a server. `identify`
 * tells who consented, for it is them whom Discord names when they remove the app.
 */
const consentScopes = ['bot', 'webhook.incoming', 'identify'] as const

const features = [{ name: 'publish', label: 'Publish, read back and answer messages', scopes: ['bot'] }] as const

/** One channel as a bot sees it. `guild` comes with it: a channel outside of a server is a private chat. */
async function channelOf(app: AppConfig, token: string, id: string): Answer<readonly ConnectedAccount[]> {
  const me = await getMe(app, token)
  if (!me.ok) return fail(discordError(me.error, 'none', now()))
  const channel = await getChannel(app, token, id)
  if (!channel.ok) return fail(discordError(channel.error, 'none', now()))
  const { guild_id: guild, name, type } = channel.value.body
  if (!guild) return fail({ code: 'rejected', reason: 'This is a private chat. Choose a channel of a Discord server.' })
  const avatar = me.value.body.avatar
  return ok([
    {
      kind: 'channel',
      traits: traitsOf(type),
      handle: `#${name ?? id}`,
      displayName: `${name ?? id} (${me.value.body.global_name ?? me.value.body.username})`,
      ...(avatar ? { avatarUrl: `https://cdn.discordapp.com/avatars/${me.value.body.id}/${avatar}.png` } : {}),
      profileUrl: `${app.webUrl}/channels/${guild}/${id}`,
      credentials: { accessToken: token, scopes: ['bot'], externalId: `${guild}/${id}` },
    },
  ])
}

/** The bot joins the server that the person chooses, and writes into the channel they choose. */
export const botMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'bot',
  label: 'Discord channel, with the bot of this installation',
  needs: {
    variables: ['DISCORD_CLIENT_ID', 'DISCORD_CLIENT_SECRET', 'DISCORD_BOT_TOKEN'],
    help: 'Create an application in the Discord developer portal, add a bot, switch on “Message Content Intent”, and copy client ID, client secret and the bot’s token.',
    url: 'https://discord.com/developers/applications',
  },
  scopes: ['bot'],
  features,
  pkce: false,
  authorizeUrl(app, { state, redirectUri }) {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId ?? '',
      redirect_uri: redirectUri,
      state,
      scope: consentScopes.join(' '),
      permissions: permissions.toString(),
    })
    return `${app.webUrl}/oauth2/authorize?${query}`
  },
  async exchange(app, { code, redirectUri }) {
    const answer = await exchangeCode(app, code, redirectUri)
    if (!answer.ok) return fail(signInError(answer.error, now()))
    const { webhook, access_token } = answer.value.body
    if (!webhook)
      return fail({ code: 'rejected', reason: 'Discord named no channel. Connect again and choose one on its page.' })
    const accounts = await channelOf(app, app.botToken ?? '', webhook.channel_id)
    // The bot itself writes: this webhook was only the way to the person's choice. One that stays behind does nothing.
    await deleteWebhook(app, webhook.id, webhook.token)
    if (!accounts.ok) return accounts
    const grant = await getGrant(app, access_token)
    // Without a name the account works all the same; only a removal is then found out by trying.
    const grantedBy = grant.ok ? grant.value.body.user?.id : undefined
    return ok(accounts.value.map((account) => ({ ...account, ...(grantedBy ? { grantedBy } : {}) })))
  },
}

/** The same with a bot of one's own: no consent page, a token and a channel. */
export const tokenMethod: ConnectionMethod = {
  kind: 'form',
  name: 'token',
  label: 'Discord channel, with your own bot',
  help: 'Create an application with a bot in the Discord developer portal, switch on “Message Content Intent”, and invite the bot to your server. In Discord, switch on developer mode under Settings → Advanced, and copy the channel’s ID from its menu.',
  url: 'https://discord.com/developers/applications',
  refusal: 'Discord does not accept this bot token. Copy it again, or reset it in the developer portal.',
  fields: [
    {
      name: 'token',
      label: 'Bot token',
      hint: 'From the page “Bot” of your application',
      secret: true,
      optional: false,
    },
    { name: 'channel', label: 'Channel ID', hint: '112233445566778899', secret: false, optional: false },
  ],
  async signIn(app, values) {
    const token = (values.token ?? '').trim().replace(/^Bot\s+/i, '')
    // People copy a channel's address as often as its id.
    const channel = /(\d{5,20})\/?$/.exec((values.channel ?? '').trim())?.[1]
    if (!channel) return fail({ code: 'rejected', reason: 'A channel ID is a number of about 18 digits.' })
    return channelOf(app, token, channel)
  },
}

/** `https://discord.com/api/webhooks/ID/TOKEN`, with or without a version, on whichever of Discord's hosts. */
const webhookAddress = /\/api(?:\/v\d+)?\/webhooks\/(\d{5,20})\/([\w-]+)\/?(?:\?.*)?$/

/** The good default: no application, no bot. It writes, and can take back what it wrote; it cannot read. */
export const webhookMethod: ConnectionMethod = {
  kind: 'form',
  name: 'webhook',
  label: 'Discord channel, by webhook',
  help: 'In Discord, open the channel’s settings → Integrations → Webhooks, make a new webhook and copy its URL. It can post, but not read or answer.',
  url: 'https://support.discord.com/hc/articles/228383668',
  refusal: 'Discord does not know this webhook. Copy its URL again, or make a new one.',
  fields: [
    {
      name: 'url',
      label: 'Webhook URL',
      hint: 'https://discord.com/api/webhooks/…',
      secret: true,
      optional: false,
    },
  ],
  async signIn(app, values) {
    const [, hook, secret] = webhookAddress.exec((values.url ?? '').trim()) ?? []
    if (!hook || !secret)
      return fail({
        code: 'rejected',
        reason: 'This is not the address of a Discord webhook. It begins with https://discord.com/api/webhooks/.',
      })
    const answer = await getWebhook(app, hook, secret)
    if (!answer.ok) return fail(discordError(answer.error, 'none', now()))
    const { name, channel_id: channel, guild_id: guild } = answer.value.body
    return ok([
      {
        kind: 'channel',
        traits: traitsOf(undefined),
        handle: name ?? 'webhook',
        displayName: `${name ?? 'Webhook'} (webhook)`,
        profileUrl: `${app.webUrl}/channels/${guild}/${channel}`,
        credentials: { accessToken: secret, scopes: ['webhook.incoming'], externalId: `${guild}/${channel}/${hook}` },
      },
    ])
  },
}
