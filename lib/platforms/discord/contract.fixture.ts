import { generateKeyPairSync, sign } from 'node:crypto'
import type { Scheme } from '../scheme.fixture'
import { closed, open, type Way } from '../way.fixture'

/** The sandbox's bot is known by any token that begins so; a later ending stands for one that was reset. */
const botToken = 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'

export const ways: readonly Way[] = [
  {
    label: 'Discord bot',
    name: 'discord',
    method: 'bot',
    who: 'announcements',
    spokenToAs: 'announcements',
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
    spokenToAs: 'ideas',
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

const { publicKey, privateKey } = generateKeyPairSync('ed25519')

export const scheme: Scheme = {
  held: {
    DISCORD_WEBHOOK_PUBLIC_KEY: Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url').toString('hex'),
  },
  report: (id, words) =>
    JSON.stringify({
      version: 1,
      application_id: '9',
      type: 1,
      event: {
        type: 'APPLICATION_AUTHORIZED',
        timestamp: '2026-11-21T10:00:00.123456',
        data: { user: { id, global_name: words } },
      },
    }),
  nameOf: (id) => `9/APPLICATION_AUTHORIZED/2026-11-21T10:00:00.123456/${id}`,
  sign(body, at) {
    const time = String(Math.floor(at.getTime() / 1_000))
    return {
      'x-signature-timestamp': time,
      'x-signature-ed25519': sign(null, Buffer.from(time + body), privateKey).toString('hex'),
    }
  },
  oldestMs: 15 * 60_000,
  ping: { body: JSON.stringify({ version: 1, application_id: '9', type: 0 }), status: 204 },
}
