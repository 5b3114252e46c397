import { subDays } from 'date-fns/subDays'
import { z } from 'zod'
import { now } from '@/lib/core/clock'
import { fail, ok } from '@/lib/core/result'
import { refusedWith, renewing, type Granted } from '../oauth'
import type {
  Answer,
  AppConfig,
  ConnectedAccount,
  ConnectionMethod,
  Credentials,
  Finding,
  Metrics,
  Platform,
  Published,
} from '../platform'
import { about } from './about'
import { deletePin, getAnalytics, getMe, getPin } from './api'
import { analyticsDays, limits, readBackLagMs } from './limits'
import { authorizeUrl, grantTokens, scopes } from './oauth'
import { choices, options, precheck } from './options'
import { apiVersion, place } from './place'
import { prepare } from './prepare'
import { findPublished, publish } from './publish'
import { isGone, metricTypes, pinterestError, pinterestSignInError, toMetrics, toPublished } from './translate'

const account: ConnectionMethod = {
  kind: 'oauth',
  name: 'account',
  label: 'Pinterest account',
  needs: {
    variables: ['PINTEREST_CLIENT_ID', 'PINTEREST_CLIENT_SECRET'],
    help: 'Create an app at Pinterest for Developers and copy its app ID and secret key. Until Pinterest has given it Standard access, what it pins is seen by the account alone.',
    url: 'https://developers.pinterest.com/apps/',
  },
  scopes,
  features: [
    {
      name: 'publish',
      label: 'Publish and delete pins',
      scopes: ['boards:read', 'boards:write', 'pins:read', 'pins:write'],
    },
    { name: 'metrics', label: 'Read numbers', scopes: ['boards:read', 'pins:read'] },
    { name: 'profile', label: 'Show who the account is', scopes: ['user_accounts:read'] },
  ],
  pkce: false,
  authorizeUrl,
  async exchange(app, { code, redirectUri }) {
    const tokens = await grantTokens(app, { grant_type: 'authorization_code', code, redirect_uri: redirectUri })
    return tokens.ok ? whoIs(app, tokens.value) : fail(pinterestSignInError(tokens.error, now()))
  },
}

async function whoIs(app: AppConfig, tokens: Granted): Answer<readonly ConnectedAccount[]> {
  const me = await getMe(app, tokens)
  if (!me.ok) return fail(pinterestError(me.error, 'none', now()))
  const { id, username, business_name, profile_image } = me.value.body
  return ok([
    {
      kind: 'person',
      handle: username,
      displayName: business_name || username,
      ...(profile_image ? { avatarUrl: profile_image } : {}),
      profileUrl: `${app.webUrl}/${encodeURIComponent(username)}/`,
      credentials: { ...tokens, externalId: id },
    },
  ])
}

const refresh = renewing({
  by: 'Pinterest',
  grant: grantTokens,
  isSpent: refusedWith(400, 401),
  judged: (trouble) => pinterestError(trouble, 'visible', now()),
})

const day = (at: Date): string => at.toISOString().slice(0, 10)
const Ref = z.object({ createdAt: z.string().optional() })

/** Pinterest has numbers pin by pin. Those of a pin that is gone are left out. */
async function metrics(
  app: AppConfig,
  as: Credentials,
  published: readonly Published[],
): Answer<ReadonlyMap<string, Metrics>> {
  const found = new Map<string, Metrics>()
  const today = now()
  const earliest = subDays(today, analyticsDays - 1)
  for (const { externalId, ref } of published) {
    const { createdAt } = Ref.safeParse(ref).data ?? {}
    const made = createdAt === undefined ? undefined : new Date(createdAt)
    const whole = made !== undefined && made >= earliest
    const answer = await getAnalytics(app, as, externalId, {
      from: day(whole ? made : earliest),
      // Pinterest's day may have begun before ours.
      to: day(whole && made > today ? made : today),
      metrics: Object.keys(metricTypes),
    })
    if (answer.ok) found.set(externalId, toMetrics(answer.value.body, whole))
    else if (!isGone(answer.error)) return fail(pinterestError(answer.error, 'none', now()))
  }
  return ok(found)
}

async function examine(app: AppConfig, as: Credentials): Answer<readonly Finding[]> {
  const me = await getMe(app, as)
  if (!me.ok) return fail(pinterestError(me.error, 'none', now()))
  const { account_type, board_count } = me.value.body
  return ok([
    board_count === 0
      ? {
          name: 'boards',
          label: 'Boards',
          state: 'problem',
          message: 'The account has no board, and every pin is saved to one. Make one at pinterest.com.',
        }
      : { name: 'boards', label: 'Boards', state: 'good', message: 'The account has boards to pin to.' },
    account_type === 'BUSINESS'
      ? { name: 'business', label: 'Business account', state: 'good', message: 'It is a business account.' }
      : {
          name: 'business',
          label: 'Business account',
          state: 'advice',
          message:
            'It is a personal account. Pinterest counts in full for business accounts: convert it in Pinterest’s settings.',
        },
  ])
}

/** Pinterest, API v5. */
export const pinterest: Platform = {
  name: 'pinterest',
  label: about.label,
  limits,
  apiVersion,
  place,
  connections: [account],
  threads: false,
  firstComment: false,
  metricsOffered: Object.values(metricTypes),
  options,
  choices,
  precheck,
  settling: () => ({ by: 'read_back', lagMs: readBackLagMs }),
  newKey: (at) => ({ createdAt: at.toISOString() }),
  prepare,
  publish,
  findPublished,
  async resolve(app, as, url) {
    const id = /\/pin\/(\d+)/.exec(url)?.[1]
    if (!id)
      return fail({
        code: 'rejected',
        reason: 'This is not the address of a pin: it has /pin/ and a number in it.',
      })
    const pin = await getPin(app, as, id)
    if (!pin.ok) return fail(pinterestError(pin.error, 'none', now()))
    return pin.value.body.is_owner === false
      ? fail({ code: 'rejected', reason: 'This pin is of another account.' })
      : ok(toPublished(app.webUrl, pin.value.body))
  },
  async remove(app, as, { externalId }) {
    const answer = await deletePin(app, as, externalId)
    return answer.ok || isGone(answer.error) ? ok(undefined) : fail(pinterestError(answer.error, 'visible', now()))
  },
  metrics,
  refresh,
  async check(app, as) {
    const me = await getMe(app, as)
    return me.ok ? ok({ scopes: as.scopes }) : fail(pinterestError(me.error, 'none', now()))
  },
  examine,
  // The API shows how many comments a pin has, and none of them; it reports nothing by webhook.
  inbox: { ways: {}, answers: {} },
}
