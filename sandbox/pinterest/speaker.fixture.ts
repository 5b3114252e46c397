import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: speakOnPinterest,
  created: 201,
}

const board = '549755885175'
/** A picture of one pixel. */
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function speakOnPinterest(sandbox: Sandbox): Promise<Speaker> {
  const url = urlOf(sandbox, 'pinterest')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tests',
    redirect_uri: redirectUri,
    scope: 'boards:read,boards:write,pins:read,pins:write,user_accounts:read',
    state: 's',
  })
  const { code = '' } = await decideConsent(`${url}/oauth?${query}`, 'northwind')
  const answer = await fetch(`${url}/v5/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('tests:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  })
  const { access_token: access } = await answer.json()
  const call = caller(url, { authorization: `Bearer ${access}` })
  return {
    network: 'pinterest',
    account: 'northwind',
    call,
    publish: (description) =>
      call('POST', '/v5/pins', {
        board_id: board,
        description,
        media_source: { source_type: 'image_base64', content_type: 'image/png', data: pixel },
      }),
    list: async () =>
      parse(await call('GET', `/v5/boards/${board}/pins?page_size=100`)).items.map(
        (pin: { description: string }) => pin.description,
      ),
  }
}
