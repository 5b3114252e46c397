import type { Sandbox } from '..'
import { type Heard, type Speaker, admin, caller, urlOf } from '../core/speaking.fixture'
import { dayToken, systemToken } from './accounts'

/** Messages are all there is. */
export const heard: Heard = {
  operation: 'comment',
  speak: speakOnWhatsApp,
  tooLong: 5_000,
}

const number = '106540352242922'
const handle = '15550783881'
const name = 'Northwind Coffee'
const mia = '4915100000021'

/** The number, answering somebody who has just written. */
async function speakOnWhatsApp(sandbox: Sandbox, nth: number): Promise<Speaker> {
  const url = urlOf(sandbox, 'whatsapp')
  await admin(sandbox, 'POST', '/speak', {
    network: 'whatsapp',
    account: handle,
    kind: 'dm',
    text: `Are you open today? I have asked ${nth} times.`,
    by: { handle: mia, name: 'Mia Meer' },
  })
  const [system, day] = [systemToken, dayToken].map((token) => caller(url, { authorization: `Bearer ${token}` }))
  if (!system || !day) throw new Error('The number has two tokens')
  const me = await system('GET', `/v26.0/${number}`)
  // Either token ends for good.
  const call = typeof me !== 'string' && me.status === 200 ? system : day
  return {
    network: 'whatsapp',
    account: number,
    call,
    publish: (body, key) =>
      call('POST', `/v26.0/${number}/messages`, {
        messaging_product: 'whatsapp',
        recipient_type: 'individual',
        to: mia,
        type: 'text',
        text: { body },
        ...(key === undefined ? {} : { biz_opaque_callback_data: key }),
      }),
    // No app can list messages: what those who take part see.
    list: async () => {
      const seen = await call('GET', `/${handle}`)
      const page = typeof seen === 'string' ? '' : seen.body
      const said = page.matchAll(/<span class="who">(.*?)<\/span><div class="text">(.*?)<\/div>/gs)
      return [...said].flatMap(([, who, text = '']) => (who === name ? [text] : []))
    },
  }
}
