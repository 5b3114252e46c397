import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, urlOf } from '../core/speaking.fixture'

export const heard: Heard = {
  speak: speakOnDiscord,
  twin: 200,
}

/** The bot in “general”. Each speaker comes with a token of their own, as if the one before had been reset. */
async function speakOnDiscord(sandbox: Sandbox, resets = 0): Promise<Speaker> {
  const token = `MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token-${resets}`
  const call = caller(urlOf(sandbox, 'discord'), { authorization: `Bot ${token}` })
  const path = '/api/v10/channels/1100000000000000012/messages'
  return {
    network: 'discord',
    account: 'general',
    call,
    publish: (content, nonce) =>
      call('POST', path, { content, ...(nonce === undefined ? {} : { nonce, enforce_nonce: true }) }),
    list: async () => parse(await call('GET', path)).map(({ content }: { content: string }) => content),
  }
}
