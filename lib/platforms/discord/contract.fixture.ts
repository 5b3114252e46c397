import { closed, open, type Way } from '../way.fixture'

/** The sandbox's bot is known by any token that begins so; a later ending stands for one that was reset. */
const botToken = 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'

export const ways: readonly Way[] = [
  {
    label: 'Discord bot',
    name: 'discord',
    method: 'bot',
    who: 'announcements',
    ...open,
    renews: false,
    listsLate: true,
    lasting: true,
  },
  {
    label: 'Discord forum',
    name: 'discord',
    method: 'token',
    who: 'ideas',
    values: { token: botToken, channel: '1100000000000000013' },
    ...open,
    renews: false,
    looksAlike: true,
    listsLate: true,
    lasting: true,
  },
  {
    label: 'Discord webhook',
    name: 'discord',
    method: 'webhook',
    who: 'general',
    values: { url: 'https://discord.com/api/webhooks/1100000000000000022/sandbox-webhook-general' },
    ...closed,
    measures: true,
    further: 'post',
    lasting: true,
  },
]
