import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, urlOf } from '../core/speaking.fixture'

export const heard: Heard = {
  speak: speakOnAyrshare,
  twin: 400,
  tooLong: 64_000,
}

/** The page that is linked in Ayrshare's primary profile. Each speaker comes with a key of their own. */
async function speakOnAyrshare(sandbox: Sandbox, keys = 1): Promise<Speaker> {
  const call = caller(urlOf(sandbox, 'ayrshare'), {
    authorization: `Bearer SANDBOX-AYRSHARE-KEY-${String(keys).padStart(4, '0')}`,
  })
  return {
    network: 'ayrshare',
    account: 'northwind/facebook',
    call,
    publish: (post, idempotencyKey) =>
      call('POST', '/api/post', {
        post,
        platforms: ['facebook'],
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      }),
    list: async () =>
      parse(await call('GET', '/api/history?limit=100')).history.map((one: { post: string }) => one.post),
  }
}
