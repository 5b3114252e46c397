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
  features.map(({ name, label, scopes }) => {
    const missing = scopes.filter((scope) => !granted.includes(scope))
    return {
      name: `feature_${name}`,
      label,
      state: missing.length === 0 ? 'good' : 'problem',
      message:
        missing.length === 0
          ? scopes.length > 0
            ? `Granted: ${scopes.join(', ')}.`
            : 'Needs nothing to be granted.'
          : `Not granted: ${missing.join(', ')}. Reconnect the account and allow it.`,
    }
  })

/** Less than this left is worth a word. */
const soonMs = 7 * day

export function tokenFinding(
  { state, tokenIssuedAt, tokenExpiresAt, refreshExpiresAt }: Row,
  canRefresh: boolean,
  at: Date,
): Examined {
  const made = `Made ${duration(at.getTime() - tokenIssuedAt.getTime())} ago`
  const of = { name: 'token', label: 'Token' }
  if (state === 'disconnected')
    return { ...of, state: 'advice', message: 'It was forgotten when the account was disconnected.' }
  if (!tokenExpiresAt) return { ...of, state: 'good', message: `${made}. It does not end.` }
  const ends = `ends ${when(tokenExpiresAt, 'UTC', 'd MMM yyyy, HH:mm')} UTC`
  if (canRefresh && (refreshExpiresAt === null || refreshExpiresAt > at)) {
    const isLast = refreshExpiresAt !== null && refreshExpiresAt.getTime() - at.getTime() < soonMs
    return isLast
      ? {
          ...of,
          state: 'advice',
          message: `${made}. It can be renewed until ${when(refreshExpiresAt, 'UTC', 'd MMM yyyy')} only. Reconnect before then.`,
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

export const redirectFinding = ({ name, label }: Pick<Platform, 'name' | 'label'>, site: string): Examined => ({
  name: 'redirect',
  label: 'Redirect address',
  state: 'good',
  message: `Register exactly this address in the app at ${label}: people come back by it.`,
  copy: `${site}/api/oauth/callback/${name}`,
})

/** What a network that reports by itself needs of us. */
export function webhookFindings(
  { name, label, webhook }: Pick<Platform, 'name' | 'label' | 'webhook'>,
  { webhookSecret, webhookPublicKey, webhookVerifyToken, apiUrl }: AppConfig,
  site: string,
): Examined[] {
  if (!webhook) return []
  const prefix = name.toUpperCase()
  const copy = `${site}/api/webhooks/platform/${name}`
  const isReachable = new URL(site).protocol === 'https:' || new URL(apiUrl).protocol === 'http:'
  const hasKey = webhookSecret !== undefined || webhookPublicKey !== undefined
  return [
    isReachable
      ? {
          name: 'webhook_address',
          label: 'Webhook address',
          state: 'good',
          message: `${label} reports to this address.`,
          copy,
        }
      : {
          name: 'webhook_address',
          label: 'Webhook address',
          state: 'advice',
          message: `${label} reports to https addresses only. Until APP_URL is one, nothing is told by itself, and we ask now and then.`,
          copy,
        },
    hasKey
      ? {
          name: 'webhook_secret',
          label: 'Webhook secret',
          state: 'good',
          message: `It is set, so reports that ${label} signed are taken, and no others.${webhookVerifyToken ? ' The handshake’s word is set, too.' : ''}`,
        }
      : {
          name: 'webhook_secret',
          label: 'Webhook secret',
          state: 'advice',
          message: `No secret is set, so no report of ${label} is believed. Set ${prefix}_WEBHOOK_SECRET (or ${prefix}_WEBHOOK_PUBLIC_KEY) to what the app at ${label} shows.`,
        },
  ]
}

/** A year ahead is soon enough to plan for. */
const aYear = 365

export function versionFinding(
  { name, label, apiVersion }: Pick<Platform, 'label' | 'apiVersion'> & { readonly name: PlatformName | ProviderName },
  at: Date,
): Examined {
  const of = { name: 'version', label: 'API version' }
  const ending = versionsEnding(10 * aYear, at).find(({ platform }) => platform === name)
  if (!ending) return { ...of, state: 'good', message: `${label} ${apiVersion}. No end is announced.` }
  const on = when(new Date(`${ending.endsOn}T00:00Z`), 'UTC', 'd MMMM yyyy')
  if (ending.daysLeft < 0)
    return {
      ...of,
      state: 'problem',
      message: `${label} ${apiVersion} ended on ${on}. Update Posthorn to keep posting.`,
    }
  return {
    ...of,
    state: ending.daysLeft < 90 ? 'advice' : 'good',
    message: `${label} ${apiVersion}, until ${on}.${ending.daysLeft < 90 ? ' Update Posthorn before then.' : ''}`,
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
