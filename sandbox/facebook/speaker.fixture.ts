import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: (sandbox) => speakOnFacebook(sandbox),
  twin: 400,
  limited: 400,
  tooLong: 64_000,
}

async function speakOnFacebook(sandbox: Sandbox, page = 'northwindcoffee', clientId = 'tests'): Promise<Speaker> {
  const url = urlOf(sandbox, 'facebook')
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    scope:
      'pages_show_list,pages_manage_posts,pages_read_engagement,pages_manage_engagement,pages_read_user_content,pages_manage_metadata,pages_messaging,read_insights',
    state: 's',
  })
  const { code = '' } = await decideConsent(`${url}/v26.0/dialog/oauth?${query}`, 'nora.winter')
  const client = { client_id: clientId, client_secret: 'sandbox-secret' }
  const grant = async (q: Record<string, string>) =>
    (await (await fetch(`${url}/v26.0/oauth/access_token?${new URLSearchParams({ ...client, ...q })}`)).json())
      .access_token
  const short = await grant({ code, redirect_uri: redirectUri })
  const person = await grant({ grant_type: 'fb_exchange_token', fb_exchange_token: short })
  const answer = await fetch(`${url}/v26.0/me/accounts?fields=id,username,access_token&access_token=${person}`)
  const { data } = await answer.json()
  const { id, access_token } = data.find((p: { username: string }) => p.username === page)
  const call = caller(url, { authorization: `Bearer ${access_token}` })
  return {
    network: 'facebook',
    account: id,
    call,
    publish: (text) => call('POST', `/v26.0/${id}/feed`, { message: text }),
    list: async () =>
      parse(await call('GET', `/v26.0/${id}/feed?fields=message&limit=100`)).data.map(
        (p: { message: string }) => p.message,
      ),
  }
}
