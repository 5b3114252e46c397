import { createHash, randomBytes } from 'node:crypto'
import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: (sandbox) => speakOnX(sandbox, 'northwind'),
  twin: 403,
  created: 201,
}

export async function speakOnX(sandbox: Sandbox, account: string, clientId = 'tests'): Promise<Speaker> {
  const url = urlOf(sandbox, 'x')
  const verifier = randomBytes(32).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'tweet.read tweet.write users.read media.write offline.access',
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const back = await decideConsent(`${url}/i/oauth2/authorize?${query}`, account)
  const answer = await fetch(`${url}/2/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:sandbox-secret`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.code ?? '',
      redirect_uri: redirectUri,
      code_verifier: verifier,
    }),
  })
  const { access_token: access } = await answer.json()
  const call = caller(url, { authorization: `Bearer ${access}` })
  const id = parse(await call('GET', '/2/users/me')).data.id
  return {
    network: 'x',
    account,
    call,
    publish: (text) => call('POST', '/2/tweets', { text }),
    list: async () =>
      (parse(await call('GET', `/2/users/${id}/tweets?max_results=100`)).data ?? []).map(
        (t: { text: string }) => t.text,
      ),
  }
}
