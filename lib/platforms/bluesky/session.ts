import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { parseJson } from '../outcome'
import type { Answer, AppConfig, ConnectedAccount, ConnectionMethod, Credentials } from '../platform'
import { asNobody, xrpc } from './api'
import { blueskyError, signInError } from './translate'

const Claims = z.object({ exp: z.number() })
const DidDocument = z.object({
  service: z.array(z.object({ id: z.string(), serviceEndpoint: z.unknown() })).optional(),
})

/** When a session token ends, as far as it says so itself. */
function expiryOf(jwt: string): string | undefined {
  const claims = Claims.safeParse(parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8')))
  return claims.success ? new Date(claims.data.exp * 1000).toISOString() : undefined
}

/**
 * The server that keeps the account. bsky.social is only an entrance: the account's document names the server behind it.
 * A server on plain HTTP is one of the settings (sandbox, tests), and stays as it was given.
 */
function homeOf(didDoc: unknown, askedAt: string): string {
  const document = DidDocument.safeParse(didDoc)
  const endpoint = document.data?.service?.find(({ id }) => id.endsWith('#atproto_pds'))?.serviceEndpoint
  const isHttps = (url: string) => URL.canParse(url) && new URL(url).protocol === 'https:'
  return typeof endpoint === 'string' && isHttps(endpoint) && isHttps(askedAt) ? new URL(endpoint).origin : askedAt
}

type Session = { did: string; accessJwt: string; refreshJwt: string; didDoc?: unknown }

function toCredentials(session: Session, server: string): Credentials {
  const accessExpiresAt = expiryOf(session.accessJwt)
  const refreshExpiresAt = expiryOf(session.refreshJwt)
  return {
    accessToken: session.accessJwt,
    refreshToken: session.refreshJwt,
    ...(accessExpiresAt ? { accessExpiresAt } : {}),
    ...(refreshExpiresAt ? { refreshExpiresAt } : {}),
    scopes: [],
    externalId: session.did,
    server,
  }
}

/**
 * The server a person typed: `pds.example.org`, with or without https. A password goes over plain HTTP only to the very
 * server that the settings name.
 */
function serverOf(app: AppConfig, typed: string | undefined): string | undefined {
  const given = typed?.trim()
  if (!given) return app.apiUrl
  const url = /^https?:\/\//i.test(given) ? given : `https://${given}`
  if (!URL.canParse(url)) return undefined
  const { origin, protocol } = new URL(url)
  return protocol === 'https:' || origin === new URL(app.apiUrl).origin ? origin : undefined
}

async function signIn(app: AppConfig, q: Readonly<Record<string, string>>): Answer<readonly ConnectedAccount[]> {
  const server = serverOf(app, q.server)
  if (!server)
    return fail({
      code: 'rejected',
      reason: 'This is not the address of a server. It looks like https://pds.example.org.',
    })
  const identifier = (q.handle ?? '').trim().replace(/^@/, '')
  const session = await xrpc(asNobody(app, server), (client) =>
    client.com.atproto.server.createSession({ identifier, password: (q.password ?? '').trim() }),
  )
  if (!session.ok) return fail(signInError(session.error, now()))
  const { did, handle, didDoc } = session.value
  const credentials = toCredentials(session.value, homeOf(didDoc, server))
  const profile = await profileOf(app, credentials)
  return ok([
    {
      kind: 'person',
      handle: `@${handle}`,
      displayName: profile?.displayName || handle,
      ...(profile?.avatar ? { avatarUrl: profile.avatar } : {}),
      profileUrl: `${app.webUrl}/profile/${did}`,
      credentials,
    },
  ])
}

/** Name and picture come from Bluesky's own index; a server without it still has working accounts. */
async function profileOf(app: AppConfig, as: Credentials) {
  const target = {
    service: as.server ?? app.apiUrl,
    token: as.accessToken,
    ...(app.timeoutMs ? { timeoutMs: app.timeoutMs } : {}),
  }
  const profile = await xrpc(target, (client) => client.app.bsky.actor.getProfile({ actor: as.externalId }))
  return profile.ok ? profile.value : undefined
}

/** The old refresh token is dead afterwards. Two at once would end the session: call it under a lease. */
export async function refresh(app: AppConfig, as: Credentials): Answer<Credentials> {
  const server = as.server ?? app.apiUrl
  const target = { ...asNobody(app, server), token: as.refreshToken ?? '' }
  const session = await xrpc(target, (client) => client.com.atproto.server.refreshSession())
  return session.ok ? ok(toCredentials(session.value, server)) : fail(blueskyError(session.error, 'visible', now()))
}

export const passwordMethod: ConnectionMethod = {
  kind: 'form',
  name: 'password',
  label: 'Bluesky account',
  help: 'Make an app password in Bluesky under Settings → Privacy and security → App passwords, and allow it access to your direct messages if they are to be answered here. Never use your main password.',
  refusal: 'Bluesky does not accept this handle and app password. Check both, or make a new app password there.',
  fields: [
    { name: 'handle', label: 'Handle', hint: 'ada.bsky.social', secret: false, optional: false },
    { name: 'password', label: 'App password', hint: 'xxxx-xxxx-xxxx-xxxx', secret: true, optional: false },
    {
      name: 'server',
      label: 'Server',
      hint: 'Only if the account is not on bsky.social: https://pds.example.org',
      secret: false,
      optional: true,
    },
  ],
  signIn,
}
