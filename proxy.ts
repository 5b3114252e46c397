import { NextResponse, type NextRequest } from 'next/server'
import { refuseMethod } from '@/app/api/methods'
import { answerFailure } from '@/lib/core/envelope'
import { env } from '@/lib/core/env'
import { newId } from '@/lib/core/ids'
import { paths, reservedSlugs } from '@/lib/core/paths'
import { isChange, isFromOurselves } from '@/lib/core/same-origin'
import { barePolicy, contentSecurityPolicy, securityHeaders, type Place } from '@/lib/core/security-headers'

// Next wants to read this without running the file. Its own files carry a hash in their names and need none of this.
// Uploads and imports go past: Next would hold each body in memory for us, and cut it off at 10 MB. Their routes look at the origin,
// and turn other methods away themselves.
export const config = {
  matcher: ['/((?!_next/static/|_next/image|api/media$|api/media/uploads/.|api/inbox/import$).*)'],
}

/** Chosen by the caller or by the proxy in front of us, if it is fit to stand in a log line. */
const idOf = (headers: Headers): string => {
  const given = headers.get('x-request-id') ?? ''
  return /^[A-Za-z0-9._:-]{1,100}$/.test(given) ? given : newId()
}

const placeOf = (headers: Headers): Place => {
  const { APP_URL, SANDBOX_URL } = env()
  const sandbox = SANDBOX_URL ? new URL(SANDBOX_URL) : undefined
  return {
    isHttps: APP_URL.startsWith('https:') || headers.get('x-forwarded-proto') === 'https',
    isDevelopment: process.env.NODE_ENV === 'development',
    // Each imitated network has a port of its own beside that of the sandbox.
    ...(sandbox ? { sandbox: `${sandbox.protocol}//${sandbox.hostname}:*` } : {}),
  }
}

/** The origins people reach us by: the one that is set, and the one this request asked for. */
function ownOrigins({ headers, nextUrl }: NextRequest): readonly string[] {
  const protocol = headers.get('x-forwarded-proto') ?? nextUrl.protocol.replace(':', '')
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return [new URL(env().APP_URL).origin, ...(host ? [`${protocol}://${host}`] : [])]
}

/**
 * True for a change that a browser makes on another site's behalf, with our cookies. Calls with an API key and networks'
 * webhooks are believed for what they carry; no page can make a browser add that.
 */
function isForged(request: NextRequest): boolean {
  if (!isChange(request.method)) return false
  if (request.headers.has('authorization') || request.nextUrl.pathname.startsWith('/api/webhooks/')) return false
  return !isFromOurselves(request.headers, ownOrigins(request))
}

/** True for a workspace's page asked for without any session. Whether a session is good is found out by the page. */
function needsSignIn({ nextUrl, cookies }: NextRequest): boolean {
  const first = nextUrl.pathname.split('/')[1] ?? ''
  if (first === '' || first.includes('.') || reservedSlugs.includes(first)) return false
  return !cookies.getAll().some(({ name }) => /^(__Secure-)?next-auth\.session-token(\.\d+)?$/.test(name))
}

/** Stands before every request: gives it an id and its answer the security headers, and turns forged ones away, and those of a method that the API has not. */
export function proxy(request: NextRequest): Response {
  const requestId = idOf(request.headers)
  const place = placeOf(request.headers)
  const { pathname, search } = request.nextUrl
  const isApi = pathname.startsWith('/api/')
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
  const policy = isApi ? barePolicy : contentSecurityPolicy(nonce, place)

  const answer = (): Response => {
    if (isForged(request))
      return answerFailure(
        {
          code: 'FORBIDDEN',
          message: 'This request came from another site, so nothing was changed. Open Posthorn and do it there.',
        },
        requestId,
      )
    const refused = isApi ? refuseMethod(request.method, pathname, requestId) : undefined
    if (refused) return refused
    if (!isApi && needsSignIn(request))
      return NextResponse.redirect(new URL(paths.signInThen(`${pathname}${search}`), request.url))
    const headers = new Headers(request.headers)
    headers.set('x-request-id', requestId)
    headers.set('x-posthorn-path', `${pathname}${search}`)
    // Next puts the nonce of this policy on its own scripts.
    headers.set('content-security-policy', policy)
    headers.set('x-nonce', nonce)
    return NextResponse.next({ request: { headers } })
  }

  const response = answer()
  for (const [name, value] of Object.entries({
    ...securityHeaders(place),
    'content-security-policy': policy,
    'x-request-id': requestId,
  }))
    response.headers.set(name, value)
  return response
}
