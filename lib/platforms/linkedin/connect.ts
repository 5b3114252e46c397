import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod, Credentials } from '../platform'
import { getMember, getPage, listPages } from './api'
import { authorizeUrlFor, grantTokens, pageScopes, personScopes } from './oauth'
import { pageTraits } from './options'
import { linkedinError, signInError } from './translate'

type Tokens = Omit<Credentials, 'externalId'>
type Trouble = Parameters<typeof linkedinError>[0]

const failedRead = (app: AppConfig, trouble: Trouble) => fail(linkedinError(trouble, 'none', app.webUrl, now()))

const exchangeFor =
  (accountsOf: (app: AppConfig, tokens: Tokens) => Answer<readonly ConnectedAccount[]>) =>
  async (
    app: AppConfig,
    { code, redirectUri }: { code: string; redirectUri: string },
  ): Answer<readonly ConnectedAccount[]> => {
    const tokens = await grantTokens(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri })
    return tokens.ok ? accountsOf(app, tokens.value) : fail(signInError(tokens.error, app.webUrl, now()))
  }

async function member(app: AppConfig, tokens: Tokens): Answer<readonly ConnectedAccount[]> {
  const answer = await getMember(app, tokens)
  if (!answer.ok) return failedRead(app, answer.error)
  const { sub, name, picture } = answer.value.body
  return ok([
    {
      kind: 'person',
      handle: name,
      displayName: name,
      ...(picture ? { avatarUrl: picture } : {}),
      // OpenID Connect tells no public name of the profile; this leads people to their own.
      profileUrl: `${app.webUrl}/in/me/`,
      credentials: { ...tokens, externalId: `urn:li:person:${sub}` },
    },
  ])
}

async function pages(app: AppConfig, tokens: Tokens): Answer<readonly ConnectedAccount[]> {
  const roles = await listPages(app, tokens)
  if (!roles.ok) return failedRead(app, roles.error)
  const urns = roles.value.body.elements.flatMap(
    ({ organization, organizationTarget }) => organization ?? organizationTarget ?? [],
  )
  if (urns.length === 0)
    return fail({
      code: 'rejected',
      reason: 'This person is administrator of no LinkedIn page. Ask for the role, then connect again.',
    })
  const found: ConnectedAccount[] = []
  for (const urn of urns) {
    const page = await getPage(app, tokens, urn.slice(urn.lastIndexOf(':') + 1))
    if (!page.ok) return failedRead(app, page.error)
    const { localizedName, vanityName } = page.value.body
    const name = vanityName ?? urn.slice(urn.lastIndexOf(':') + 1)
    found.push({
      kind: 'page',
      traits: pageTraits,
      handle: name,
      displayName: localizedName,
      profileUrl: `${app.webUrl}/company/${name}/`,
      credentials: { ...tokens, externalId: urn },
    })
  }
  return ok(found)
}

export const personMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'person',
  label: 'LinkedIn profile',
  needs: {
    variables: ['LINKEDIN_CLIENT_ID', 'LINKEDIN_CLIENT_SECRET'],
    help: 'Create an app on LinkedIn and add the products “Sign In with LinkedIn using OpenID Connect” and “Share on LinkedIn”.',
    url: 'https://www.linkedin.com/developers/apps',
  },
  scopes: personScopes,
  features: [{ name: 'publish', label: 'Publish posts', scopes: ['w_member_social'] }],
  pkce: false,
  authorizeUrl: authorizeUrlFor(personScopes),
  exchange: exchangeFor(member),
}

export const pageMethod: ConnectionMethod = {
  kind: 'oauth',
  name: 'page',
  label: 'LinkedIn pages',
  needs: {
    variables: ['LINKEDIN_PAGE_CLIENT_ID', 'LINKEDIN_PAGE_CLIENT_SECRET'],
    help: 'Create a second app on LinkedIn with the product “Community Management API”: LinkedIn does not allow it beside the products for profiles.',
    url: 'https://www.linkedin.com/developers/apps',
  },
  scopes: pageScopes,
  features: [
    { name: 'publish', label: 'Publish posts', scopes: ['w_organization_social'] },
    { name: 'read', label: 'Read back posts and numbers', scopes: ['r_organization_social'] },
    { name: 'pages', label: 'List your pages', scopes: ['rw_organization_admin'] },
    {
      name: 'inbox',
      label: 'Read and answer comments',
      scopes: ['r_organization_social_feed', 'w_organization_social_feed', 'rw_organization_admin'],
    },
  ],
  pkce: false,
  authorizeUrl: authorizeUrlFor(pageScopes),
  exchange: exchangeFor(pages),
}
