import { createHash, randomBytes } from 'node:crypto'
import type { Sandbox } from '.'
import { decideConsent } from './person'

/** How a call ended, as its caller sees it. */
export type Ending = { readonly status: number; readonly headers: Headers; readonly body: string } | 'cut' | 'silence'

/** One account on one network, for tests that ask the same of all. `key` is the caller's own where the network takes one. */
export type Speaker = {
  readonly network: string
  readonly account: string
  publish(text: string, key?: string): Promise<Ending>
  /** Texts that the network's own listing of the account's posts shows, newest first. */
  list(): Promise<readonly string[]>
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Ending>
}

const redirectUri = 'http://127.0.0.1:3000/callback'
/** Long enough that a busy machine is not taken for a network that keeps silent. */
const patienceMs = 1_500

async function ask(url: string, init: RequestInit): Promise<Ending> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(patienceMs) })
    return { status: answer.status, headers: answer.headers, body: await answer.text() }
  } catch (error) {
    if (error instanceof DOMException && error.name === 'TimeoutError') return 'silence'
    if (error instanceof TypeError) return 'cut'
    throw error
  }
}

function urlOf(sandbox: Sandbox, network: string): string {
  const url = sandbox.networks[network]?.url
  if (url === undefined) throw new Error(`There is no ${network}`)
  return url
}

function caller(url: string, headers: Record<string, string>): Speaker['call'] {
  return (method, path, body, more) => {
    const isBytes = body instanceof Uint8Array
    const isForm = body instanceof FormData
    const content: RequestInit =
      body === undefined ? {} : { body: isForm ? body : isBytes ? new Uint8Array(body) : JSON.stringify(body) }
    return ask(url + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined || isBytes || isForm ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...content,
    })
  }
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

export async function speakOnFacebook(
  sandbox: Sandbox,
  page = 'northwindcoffee',
  clientId = 'tests',
): Promise<Speaker> {
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

/** The smallest bytes that are recognised as an MP4. */
export const tinyFilm = (): Buffer =>
  Buffer.concat([Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex'), Buffer.alloc(100)])

type LongLogin = { readonly account: string; readonly clientId: string; readonly scope: string }

/** Signs in where tokens are made to last afterwards. @returns what the code was exchanged for */
async function signInLong(url: string, { account, clientId, scope }: LongLogin): Promise<Record<string, unknown>> {
  const query = new URLSearchParams({ client_id: clientId, redirect_uri: redirectUri, scope, state: 's' })
  const { code = '' } = await decideConsent(`${url}/oauth/authorize?${query}`, account)
  const answer = await fetch(`${url}/oauth/access_token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: clientId,
      client_secret: 'sandbox-secret',
      grant_type: 'authorization_code',
      redirect_uri: redirectUri,
      code,
    }),
  })
  return answer.json()
}

/** Publishes by container: the same text goes by the same one. `make` makes it, and gives its id. */
function byContainer(make: (text: string) => Promise<string | Ending>, send: (id: string) => Promise<Ending>) {
  const containers = new Map<string, string>()
  return async (text: string): Promise<Ending> => {
    const made = containers.get(text) ?? (await make(text))
    if (typeof made !== 'string' || made === 'cut' || made === 'silence') return made
    containers.set(text, made)
    return send(made)
  }
}

/** A text on Instagram is the caption of a reel. */
export async function speakOnInstagram(
  sandbox: Sandbox,
  account = 'northwindcoffee',
  clientId = 'tests',
): Promise<Speaker> {
  const url = urlOf(sandbox, 'instagram')
  const scope =
    'instagram_business_basic,instagram_business_content_publish,instagram_business_manage_comments,instagram_business_manage_messages,instagram_business_manage_insights'
  // Loose on purpose, as `parse` is.
  const { data } = (await signInLong(url, { account, clientId, scope })) as { data: [{ access_token: string }] }
  const call = caller(url, { authorization: `Bearer ${data[0].access_token}` })
  const id = parse(await call('GET', '/v26.0/me?fields=user_id')).user_id
  async function container(caption: string): Promise<string | Ending> {
    const wish = { media_type: 'REELS', upload_type: 'resumable', caption }
    const made = await call('POST', `/v26.0/${id}/media`, wish)
    if (typeof made === 'string' || made.status !== 200) return made
    const film = tinyFilm()
    const to = new URL(parse(made).uri).pathname
    await call('POST', to, film, { offset: '0', file_size: String(film.length) })
    await admin(sandbox, 'POST', '/clock', { advanceMs: 6_000 })
    return parse(made).id
  }
  return {
    network: 'instagram',
    account: id,
    call,
    publish: byContainer(container, (made) => call('POST', `/v26.0/${id}/media_publish`, { creation_id: made })),
    list: async () =>
      parse(await call('GET', `/v26.0/${id}/media?fields=caption&limit=100`)).data.map(
        (p: { caption: string }) => p.caption,
      ),
  }
}

export async function speakOnThreads(sandbox: Sandbox, account = 'northwindcoffee'): Promise<Speaker> {
  const url = urlOf(sandbox, 'threads')
  const scope = 'threads_basic,threads_content_publish'
  const { access_token: access } = await signInLong(url, { account, clientId: 'tests', scope })
  const call = caller(url, { authorization: `Bearer ${String(access)}` })
  async function container(text: string): Promise<string | Ending> {
    const made = await call('POST', '/v1.0/me/threads', { media_type: 'TEXT', text })
    return typeof made === 'string' || made.status !== 200 ? made : parse(made).id
  }
  return {
    network: 'threads',
    account,
    call,
    publish: byContainer(container, (made) => call('POST', '/v1.0/me/threads_publish', { creation_id: made })),
    list: async () =>
      parse(await call('GET', '/v1.0/me/threads?fields=text&limit=100')).data.map((p: { text: string }) => p.text),
  }
}

/** The JSON of an answer. Loose on purpose: a wrong shape fails the test that looks at it. */
export function parse(ending: Ending) {
  if (typeof ending === 'string') throw new Error(`The call ended in ${ending}`)
  return JSON.parse(ending.body)
}

export async function admin(sandbox: Sandbox, method: string, path: string, body?: unknown) {
  const answer = await fetch(sandbox.url + path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

export async function speakOnMastodon(sandbox: Sandbox, account: string): Promise<Speaker> {
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

/** The bot in “general”. Each speaker comes with a token of their own, as if the one before had been reset. */
export async function speakOnDiscord(sandbox: Sandbox, resets = 0): Promise<Speaker> {
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

/** The page that is linked in Ayrshare's primary profile. Each speaker comes with a key of their own. */
export async function speakOnAyrshare(sandbox: Sandbox, keys = 1): Promise<Speaker> {
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

/** Posts links, because Reddit refuses an address it has already and takes any text twice. The title is the text. */
export async function speakOnReddit(sandbox: Sandbox, account = 'northwind'): Promise<Speaker> {
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
