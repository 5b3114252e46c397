import { createHmac } from 'node:crypto'
import type { Scheme } from './scheme.fixture'

/** Meta escapes what is not ASCII, and signs the escaped bytes. */
const asMetaWrites = (body: object): string =>
  JSON.stringify(body).replaceAll(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** How all networks of Meta's sign: with the app's secret, over the raw bytes. */
export function metaScheme(
  prefix: string,
  report: (id: string, words: string) => object,
  nameOf: (id: string) => string,
): Scheme {
  const [secret, word] = [`the secret of our app for ${prefix}`, `our word for ${prefix}`]
  return {
    held: { [`${prefix}_WEBHOOK_SECRET`]: secret },
    report: (id, words) => asMetaWrites(report(id, words)),
    nameOf,
    sign: (body) => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` }),
    handshake: {
      held: { [`${prefix}_WEBHOOK_VERIFY_TOKEN`]: word },
      asks: { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': word },
      answer: '1158201444',
      wrong: [{ 'hub.verify_token': word.slice(0, -1) }, { 'hub.verify_token': '' }, { 'hub.mode': 'unsubscribe' }],
    },
  }
}
