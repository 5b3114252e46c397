import type { Sandbox } from '..'
import { type Heard, type Speaker, admin, caller, urlOf } from '../core/speaking.fixture'

export const heard: Heard = {
  speak: speakOnTelegram,
  tooLong: 5_000,
}

async function speakOnTelegram(sandbox: Sandbox): Promise<Speaker> {
  const accounts: readonly { handle: string; password: string }[] = await admin(sandbox, 'GET', '/accounts')
  // BotFather may have made another since.
  const token = accounts.find(({ handle }) => handle === 'northwind_bot')?.password ?? ''
  const account = 'northwind_coffee'
  const call = caller(urlOf(sandbox, 'telegram'), {})
  return {
    network: 'telegram',
    account,
    call,
    publish: (text) => call('POST', `/bot${token}/sendMessage`, { chat_id: `@${account}`, text }),
    // No bot can list a channel's posts: what readers see on its page on the web.
    list: async () => {
      const seen = await call('GET', `/s/${account}`)
      const page = typeof seen === 'string' ? '' : seen.body
      return [...page.matchAll(/<div class="text">(.*?)<\/div>/gs)].map(([, text = '']) =>
        text.replaceAll(/<[^>]*>/g, ''),
      )
    },
  }
}
