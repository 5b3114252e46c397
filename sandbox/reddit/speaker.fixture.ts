import { createHash } from 'node:crypto'
import type { Sandbox } from '..'
import { type Heard, type Speaker, ask, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: (sandbox) => speakOnReddit(sandbox),
  twin: 200,
}

/** Posts links, because Reddit refuses an address it has already and takes any text twice. The title is the text. */
async function speakOnReddit(sandbox: Sandbox, account = 'northwind'): Promise<Speaker> {
  const url = urlOf(sandbox, 'reddit')
  const userAgent = { 'user-agent': 'web:tests:1.0 (by /u/tests)' }
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'tests',
    redirect_uri: redirectUri,
    scope: 'identity read submit flair history privatemessages edit mysubreddits',
    state: 's',
    duration: 'permanent',
  })
  const { code = '' } = await decideConsent(`${url}/api/v1/authorize?${query}`, account)
  const answer = await fetch(`${url}/api/v1/access_token`, {
    method: 'POST',
    headers: { ...userAgent, authorization: `Basic ${btoa('tests:sandbox-secret')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  })
  const { access_token: access } = await answer.json()
  const headers = { ...userAgent, authorization: `Bearer ${access}` }
  const form = (title: string) => ({
    api_type: 'json',
    kind: 'link',
    sr: 'northwind',
    title,
    url: `https://example.com/${createHash('sha256').update(title).digest('hex')}`,
    resubmit: 'false',
  })
  const call = caller(url, headers)
  return {
    network: 'reddit',
    account,
    call,
    publish: (title) => ask(`${url}/api/submit`, { method: 'POST', headers, body: new URLSearchParams(form(title)) }),
    list: async () =>
      parse(await call('GET', `/user/${account}/submitted?limit=100`)).data.children.map(
        ({ data }: { data: { title: string } }) => data.title,
      ),
  }
}
