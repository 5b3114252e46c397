import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, urlOf } from '../core/speaking.fixture'

export const heard: Heard = {
  speak: (sandbox) => speakOnBluesky(sandbox, 'northwind.sandbox'),
  twin: 500,
  expired: 400,
}

export async function speakOnBluesky(sandbox: Sandbox, handle: string): Promise<Speaker> {
  const url = urlOf(sandbox, 'bluesky')
  const session = await fetch(`${url}/xrpc/com.atproto.server.createSession`, {
    method: 'POST',
    body: JSON.stringify({ identifier: handle, password: `app-pass-${handle.split('.')[0]}` }),
  })
  const { accessJwt, did } = await session.json()
  const call = caller(url, { authorization: `Bearer ${accessJwt}` })
  const record = (text: string) => ({ $type: 'app.bsky.feed.post', text, createdAt: '2026-01-01T00:00:00.000Z' })
  return {
    network: 'bluesky',
    account: handle,
    call,
    publish: (text, rkey) =>
      call('POST', '/xrpc/com.atproto.repo.createRecord', {
        repo: did,
        collection: 'app.bsky.feed.post',
        record: record(text),
        ...(rkey === undefined ? {} : { rkey }),
      }),
    list: async () =>
      parse(
        await call('GET', `/xrpc/com.atproto.repo.listRecords?repo=${did}&collection=app.bsky.feed.post&limit=100`),
      ).records.map((r: { value: { text: string } }) => r.value.text),
  }
}
