import type { Sandbox } from '..'
import { type Heard, type Speaker, caller, parse, redirectUri, urlOf } from '../core/speaking.fixture'
import { decideConsent } from '../person'

export const heard: Heard = {
  speak: speakAsPage,
  twin: 422,
  created: 201,
}

export async function speakOnLinkedIn(
  sandbox: Sandbox,
  author: string,
  q: { member?: string; scopes: string; clientId: string },
): Promise<Speaker> {
  const url = urlOf(sandbox, 'linkedin')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: q.clientId,
    redirect_uri: redirectUri,
    scope: q.scopes,
    state: 's',
  })
  const back = await decideConsent(`${url}/oauth/v2/authorization?${query}`, q.member ?? 'nora-winter')
  const answer = await fetch(`${url}/oauth/v2/accessToken`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.code ?? '',
      redirect_uri: redirectUri,
      client_id: q.clientId,
      client_secret: 'sandbox-secret',
    }),
  })
  const { access_token: access } = await answer.json()
  const call = caller(url, {
    authorization: `Bearer ${access}`,
    'linkedin-version': '202608',
    'x-restli-protocol-version': '2.0.0',
  })
  return {
    network: 'linkedin',
    account: author,
    call,
    publish: (text) => call('POST', '/rest/posts', linkedInPost(author, text)),
    list: async () =>
      parse(await call('GET', `/rest/posts?q=author&author=${encodeURIComponent(author)}&count=100`)).elements.map(
        (p: { commentary: string }) => p.commentary.replaceAll(/\\(.)/g, '$1'),
      ),
  }
}

export function linkedInPost(author: string, text: string): Record<string, unknown> {
  return {
    author,
    commentary: text.replaceAll(/[|{}@[\]()<>#*_~\\]/g, String.raw`\$&`),
    visibility: 'PUBLIC',
    distribution: { feedDistribution: 'MAIN_FEED', targetEntities: [], thirdPartyDistributionChannels: [] },
    lifecycleState: 'PUBLISHED',
    isReshareDisabledByAuthor: false,
  }
}

/** The page “Northwind Coffee”, which may be read as well. */
export function speakAsPage(sandbox: Sandbox): Promise<Speaker> {
  return speakOnLinkedIn(sandbox, 'urn:li:organization:90000001', {
    scopes: 'w_organization_social r_organization_social rw_organization_admin',
    clientId: 'page-app',
  })
}
