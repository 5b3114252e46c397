import { NextRequest } from 'next/server'
import { describe, expect, test } from 'vitest'
import { proxy } from '@/proxy'

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  proxy(
    new NextRequest(new URL(path, 'http://localhost:3000'), {
      method,
      headers: { host: 'localhost:3000', ...headers },
    }),
  )
const directive = (response: Response, name: string) =>
  (response.headers.get('content-security-policy') ?? '').split('; ').find((each) => each.startsWith(`${name} `))

describe('the policy of a page', () => {
  test('scripts need a nonce, which is new for each answer and told to Next', () => {
    const [one, two] = [ask('/sign-in'), ask('/sign-in')]
    const nonce = /'nonce-([^']+)'/.exec(directive(one, 'script-src') ?? '')?.[1]
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(directive(one, 'script-src')).toBe(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`)
    expect(directive(two, 'script-src')).not.toBe(directive(one, 'script-src'))
    expect(one.headers.get('x-middleware-request-x-nonce')).toBe(nonce)
  })

  test.each([
    ['frame-ancestors', "frame-ancestors 'none'"],
    ['object-src', "object-src 'none'"],
    ['base-uri', "base-uri 'none'"],
    ['connect-src', "connect-src 'self'"],
    ['form-action', "form-action 'self'"],
  ])('%s is as tight as it can be', (name, whole) => expect(directive(ask('/sign-in'), name)).toBe(whole))

  test('what is no page may load nothing', () =>
    expect(directive(ask('/api/health'), 'default-src')).toBe("default-src 'none'"))

  test('https is insisted on where it is spoken, and only there', () => {
    expect(ask('/sign-in').headers.has('strict-transport-security')).toBe(false)
    const secure = ask('/sign-in', { 'x-forwarded-proto': 'https' })
    expect(secure.headers.get('strict-transport-security')).toContain('max-age=31536000')
  })
})

describe('request ids', () => {
  test('one that a proxy in front gave is kept, to the route and in the answer', () => {
    const response = ask('/api/health', { 'x-request-id': 'edge-17' })
    expect(response.headers.get('x-request-id')).toBe('edge-17')
    expect(response.headers.get('x-middleware-request-x-request-id')).toBe('edge-17')
  })

  test('one that would not be safe in a log line is replaced', () => {
    expect(ask('/api/health', { 'x-request-id': 'a b"}' }).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('changes asked for by another site', () => {
  const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('%s is refused in the envelope', async (method) => {
    const response = ask('/api/posts', forged, method)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({
      error: { code: 'FORBIDDEN', requestId: response.headers.get('x-request-id') },
    })
  })

  test.each([
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['a page without an origin', { origin: 'null' }],
    ['an old browser on another site', { origin: 'https://evil.example' }],
    ['another port of this machine', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site' }],
  ])('so is one from %s', (_who, headers) => expect(ask('/acme', headers, 'POST').status).toBe(403))

  test.each([
    ['our own page', { 'sec-fetch-site': 'same-origin', origin: 'http://localhost:3000' }],
    [
      'our own page behind a proxy',
      { 'x-forwarded-host': 'posthorn.example', 'x-forwarded-proto': 'https', origin: 'https://posthorn.example' },
    ],
    ['a program, which has no cookies to misuse', {}],
    ['a program with an API key', { ...forged, authorization: 'Bearer ph_key' }],
  ])('one from %s passes', (_who, headers) => expect(ask('/api/posts', headers, 'POST').status).toBe(200))

  test('a network’s webhook passes: its signature is its word', () =>
    expect(ask('/api/webhooks/platform/x', forged, 'POST').status).toBe(200))

  test('reading is not changing', () => expect(ask('/sign-in', forged).status).toBe(200))
})

describe('pages of a workspace', () => {
  test('without a session one is sent to sign in, and back afterwards', () => {
    const response = ask('/acme/posts?state=failed')
    expect(response.status).toBe(307)
    const to = new URL(response.headers.get('location') ?? '')
    expect([to.pathname, to.searchParams.get('next')]).toEqual(['/sign-in', '/acme/posts?state=failed'])
  })

  test.each(['next-auth.session-token', '__Secure-next-auth.session-token', 'next-auth.session-token.0'])(
    'with a %s cookie the page itself decides',
    (name) => expect(ask('/acme/posts', { cookie: `${name}=x` }).status).toBe(200),
  )

  test.each(['/', '/sign-in', '/sign-up', '/reset-password/abc', '/invitations/abc', '/mark.svg', '/api/posts'])(
    '%s asks for no session',
    (path) => expect(ask(path).status).toBe(200),
  )
})
