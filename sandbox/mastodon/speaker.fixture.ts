import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: (sandbox) => speakOnMastodon(sandbox, 'northwind'),
  twin: 200,
}

async function speakOnMastodon(sandbox: Sandbox, account: string): Promise<Speaker> {
  const url = urlOf(sandbox, 'mastodon')
  const scope = 'read write'
  const post = async (path: string, body: object) =>
    (
      await fetch(url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()
  const app = await post('/api/v1/apps', { client_name: 'Tests', redirect_uris: redirectUri, scopes: scope })
  const { client_id, client_secret } = app
  const query = new URLSearchParams({ response_type: 'code', client_id, redirect_uri: redirectUri, scope, state: 's' })
  const { code } = await decideConsent(`${url}/oauth/authorize?${query}`, account)
  const grant = { grant_type: 'authorization_code', code, client_id, client_secret, redirect_uri: redirectUri }
  const { access_token: access } = await post('/oauth/token', grant)
  const call = caller(url, { authorization: `Bearer ${access}` })
  const { id } = parse(await call('GET', '/api/v1/accounts/verify_credentials'))
  return {
    network: 'mastodon',
    account,
    call,
    publish: (text, key) =>
      call('POST', '/api/v1/statuses', { status: text }, key === undefined ? {} : { 'idempotency-key': key }),
    list: async () =>
      parse(await call('GET', `/api/v1/accounts/${id}/statuses?limit=40`)).map((s: { content: string }) =>
        s.content.replaceAll(/<[^>]*>/g, ''),
      ),
  }
}
