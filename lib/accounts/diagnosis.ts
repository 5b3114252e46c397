import { day } from '@/lib/core/clock'
import { duration, when } from '@/lib/core/format'
import {
  versionsEnding,
  type AppConfig,
  type Feature,
  type Platform,
  type PlatformName,
  type ProviderName,
  type Quota,
  type Webhook,
} from '@/lib/platforms'
import type { AccountState, Examined } from './schema'

type Row = {
  readonly state: AccountState
  readonly handle: string
  readonly lastErrorMessage: string | null
  readonly tokenIssuedAt: Date
  readonly tokenExpiresAt: Date | null
  readonly refreshExpiresAt: Date | null
}

export function stateFinding({ state, handle, lastErrorMessage }: Row, network: string): Examined {
  const of = { name: 'state', label: 'Connection' }
  switch (state) {
    case 'healthy':
      return { ...of, state: 'good', message: `${handle} is connected.` }
    case 'needs_reconnect':
      return {
        ...of,
        state: 'problem',
        message:
          lastErrorMessage ?? `${network} no longer accepts the token of ${handle}. Reconnect it to keep posting.`,
      }
    case 'disconnected':
      return { ...of, state: 'problem', message: `${handle} was disconnected. Connect it again to use it.` }
  }
}

/** What works and what does not, by the scopes that were granted. */
export const featureFindings = (features: readonly Feature[], granted: readonly string[]): Examined[] =>
  features.map(({ name, label, scopes, spare }) => {
    const missing = scopes.filter((scope) => !granted.includes(scope))
    return {
      name: `feature_${name}`,
      label,
      state: missing.length === 0 ? 'good' : spare ? 'advice' : 'problem',
      message:
        missing.length === 0
          ? scopes.length > 0
            ? `Granted: ${scopes.join(', ')}.`
            : 'Needs nothing to be granted.'
          : spare
            ? `Not granted: ${missing.join(', ')}. All else works without; reconnect the account and allow it to have this, too.`
            : `Not granted: ${missing.join(', ')}. Reconnect the account and allow it.`,
    }
  })

/** Less than this left is worth a word. */
const soonMs = 7 * day

export function tokenFinding(
  { state, tokenIssuedAt, tokenExpiresAt, refreshExpiresAt }: Row,
  canRefresh: boolean,
  at: Date,
  timeZone: string,
): Examined {
  const made = `Made ${duration(at.getTime() - tokenIssuedAt.getTime())} ago`
  const of = { name: 'token', label: 'Token' }
  if (state === 'disconnected')
    return { ...of, state: 'advice', message: 'It was forgotten when the account was disconnected.' }
  if (!tokenExpiresAt) return { ...of, state: 'good', message: `${made}. It does not end.` }
  const ends = `ends ${when(tokenExpiresAt, timeZone, 'd MMM yyyy, HH:mm')} in ${timeZone}`
  if (canRefresh && (refreshExpiresAt === null || refreshExpiresAt > at)) {
    const isLast = refreshExpiresAt !== null && refreshExpiresAt.getTime() - at.getTime() < soonMs
    return isLast
      ? {
          ...of,
          state: 'advice',
          message: `${made}. It can be renewed until ${when(refreshExpiresAt, timeZone, 'd MMM yyyy')} only. Reconnect before then.`,
        }
      : { ...of, state: 'good', message: `${made}, ${ends}, and is renewed by itself.` }
  }
  const leftMs = tokenExpiresAt.getTime() - at.getTime()
  if (leftMs <= 0) return { ...of, state: 'problem', message: `${made}, and has ended. Reconnect the account.` }
  return {
    ...of,
    state: leftMs < soonMs ? 'advice' : 'good',
    message: `${made}, ${ends}, and cannot be renewed by itself. Reconnect before then.`,
  }
}

/** `registered`: we made ourselves known to the server, address and all. */
export const redirectFinding = (
  { name, label }: Pick<Platform, 'name' | 'label'>,
  site: string,
  registered: boolean,
): Examined => ({
  name: 'redirect',
  label: 'Redirect address',
  state: 'good',
  message: registered
    ? 'Posthorn registered this address with the server by itself: people come back by it.'
    : `Register exactly this address in the app at ${label}: people come back by it.`,
  copy: `${site}/api/oauth/callback/${name}`,
})

/** Whoever speaks for an account: its network, or the provider it is reached by. */
type Speaker = { readonly name: PlatformName | ProviderName } & Pick<Platform, 'label' | 'apiVersion' | 'webhook'>

/** When the account was last reported on and our address last asked for, if ever, seen from `at`. */
type Reporting = { readonly at: Date; readonly reportedAt?: Date | undefined; readonly askedAt?: Date | undefined }

/** What a network, or a provider, that reports by itself needs of us. */
export function webhookFindings(
  { name, label, webhook }: Pick<Speaker, 'name' | 'label' | 'webhook'>,
  app: AppConfig,
  site: string,
  reporting: Reporting,
): Examined[] {
  if (!webhook) return []
  return [
    {
      name: 'webhook_address',
      label: 'Webhook address',
      copy: `${site}/api/webhooks/platform/${name}`,
      ...addressWords(label, app, site, reporting),
    },
    trustFinding(name.toUpperCase(), label, webhook, app),
    ...(webhook.wantsWord ? [wordFinding(name.toUpperCase(), label, app)] : []),
  ]
}

/** Only what came is known to come: that an address is open to the internet tells nothing of who knows it. */
function addressWords(
  label: string,
  app: AppConfig,
  site: string,
  { at, reportedAt, askedAt }: Reporting,
): Pick<Examined, 'state' | 'message'> {
  const ago = (then: Date) => `${duration(at.getTime() - then.getTime())} ago`
  if (reportedAt) return { state: 'good', message: `${label} last reported on this account ${ago(reportedAt)}.` }
  const isReachable = new URL(site).protocol === 'https:' || new URL(app.apiUrl).protocol === 'http:'
  if (!isReachable)
    return {
      state: 'advice',
      message: `${label} reports to https addresses only. Until APP_URL is one, nothing is told by itself, and we ask now and then.`,
    }
  if (askedAt)
    return {
      state: 'good',
      message: `This address was asked for ${ago(askedAt)}, as ${label} does, and answered. Nothing was reported on this account of late.`,
    }
  return {
    state: 'advice',
    message: `Nothing was reported on this account of late. See that ${label} has this address; until it reports, we ask now and then.`,
  }
}

function trustFinding(prefix: string, label: string, { trust }: Webhook, app: AppConfig): Examined {
  const key = {
    webhook_secret: app.webhookSecret,
    own_secret: app.webhookSecret,
    // A secret of the webhook's own comes first, where a network gives one after all.
    app_secret: app.webhookSecret ?? app.clientSecret,
    public_key: app.webhookPublicKey,
  }[trust]
  const how = {
    webhook_secret: `Set ${prefix}_WEBHOOK_SECRET to what ${label} shows beside the webhook.`,
    own_secret: `Set ${prefix}_WEBHOOK_SECRET to a long word of your own; ${label} is told it, or what is made from it, when reports are asked for.`,
    app_secret: `Set ${prefix}_CLIENT_SECRET to the app’s secret: ${label} signs with it.`,
    public_key: `Set ${prefix}_WEBHOOK_PUBLIC_KEY to the public key that the app at ${label} shows.`,
  }[trust]
  const of = { name: 'webhook_secret', label: 'Webhook secret' }
  return key === undefined
    ? {
        ...of,
        state: 'advice',
        message: `Nothing to check reports with is set, so none of ${label} is believed. ${how}`,
      }
    : { ...of, state: 'good', message: `Reports that ${label} vouches for are taken, and no others.` }
}

/** Without the word no handshake succeeds, and nothing is ever reported. */
function wordFinding(prefix: string, label: string, { webhookVerifyToken }: AppConfig): Examined {
  const of = { name: 'webhook_word', label: 'Webhook handshake' }
  return webhookVerifyToken === undefined
    ? {
        ...of,
        state: 'advice',
        message: `Set ${prefix}_WEBHOOK_VERIFY_TOKEN to a word of your own, and give ${label} the same one: it shows it when it first calls.`,
      }
    : { ...of, state: 'good', message: `The word that ${label} shows when it first calls is set.` }
}

/** @param prefix the beginning of every address at which it would fetch a file */
export const ownershipFindings = (
  { fetchesAfter }: Pick<Platform, 'fetchesAfter'>,
  prefix: string,
): readonly Examined[] =>
  fetchesAfter
    ? [
        {
          name: 'media_ownership',
          label: 'Verified media address',
          state: 'advice',
          message: fetchesAfter,
          copy: prefix,
        },
      ]
    : []

/** A year ahead is soon enough to plan for. */
const aYear = 365

export function versionFinding(
  { name, label, apiVersion }: Pick<Speaker, 'name' | 'label' | 'apiVersion'>,
  at: Date,
): Examined {
  const { version } = apiVersion
  const of = { name: 'version', label: 'API version' }
  const ending = versionsEnding(10 * aYear, at).find(({ platform }) => platform === name)
  if (!ending) return { ...of, state: 'good', message: `${label} ${version}. No end is announced.` }
  const on = when(new Date(`${ending.endsOn}T00:00Z`), 'UTC', 'd MMMM yyyy')
  if (ending.daysLeft < 0)
    return {
      ...of,
      state: 'problem',
      message: `${label} ${version} ended on ${on}. Update Posthorn to keep posting.`,
    }
  return {
    ...of,
    state: ending.daysLeft < 90 ? 'advice' : 'good',
    message: `${label} ${version}, until ${on}.${ending.daysLeft < 90 ? ' Update Posthorn before then.' : ''}`,
  }
}

const units: Readonly<Record<Quota['what'], string>> = {
  posts: 'posts',
  replies: 'replies',
  deletes: 'deletions',
  units: 'units',
}

export const quotaFindings = (quotas: readonly Quota[], label: string): Examined[] =>
  quotas.map(({ what, used, max, windowMs }) => ({
    name: `quota_${what}`,
    label: `Quota of ${units[what]}`,
    state: used >= max ? 'problem' : used >= max * 0.8 ? 'advice' : 'good',
    message: `${label} counts ${used} of ${max} ${units[what]} in ${duration(windowMs)}.${used >= max ? ' Nothing more goes out until some of them are older.' : ''}`,
  }))
