import { now } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { pass } from '@/lib/core/rate'
import { fail, ok, type Result } from '@/lib/core/result'
import { adapterOf, appOf, speakerOf, type Finding, type PlatformError } from '@/lib/platforms'
import { query, readReporting } from '@/lib/workspace'
import {
  featureFindings,
  ownershipFindings,
  quotaFindings,
  redirectFinding,
  stateFinding,
  tokenFinding,
  versionFinding,
  webhookFindings,
} from './diagnosis'
import { explain } from './explain'
import { isLoopback } from './loopback'
import { gone } from './manage'
import { addressFinding, mediaPrefix } from './media-address'
import { OneAccount, type Examined } from './schema'
import { renewIfSpent, type UsableAccount } from './use'

/**
 * Everything that can be found out about an account's connection, and what to do about it. Asks the network, and
 * changes nothing but a token that was spent. What cannot be asked is a finding itself, never a failure.
 */
export const examineAccount = query({
  can: 'account.read',
  input: OneAccount,
  async run(ctx, { accountId }): Promise<Result<readonly Examined[]>> {
    const passage = await pass('networkQuestion', ctx.workspaceId)
    if (!passage.open)
      return fail({
        code: 'RATE_LIMIT_EXCEEDED',
        message: 'That was a lot of questions in a minute. Wait a moment, then check again.',
        retryAt: passage.resetAt,
      })
    const before = await ctx.db.account.findUnique({ where: { id: accountId } })
    if (!before) return fail(gone)
    const usable = before.state === 'disconnected' ? undefined : await renewIfSpent(ctx, accountId)
    // Read again: its token may have been renewed, or marked as spent.
    const row = (await ctx.db.account.findUnique({ where: { id: accountId } })) ?? before
    const platform = adapterOf(row)
    const app = appOf(row, process.env)
    const speaker = speakerOf(row)
    const reporting = await readReporting(ctx, { accountId, speaker: speaker.name })
    const method = platform.connections.find(({ name }) => name === row.method)
    const site = env().APP_URL
    const asked = usable?.ok ? await askNetwork(usable.value) : { scopes: undefined, findings: [] }
    return ok([
      stateFinding(row, platform.label),
      ...(usable && !usable.ok && row.state !== 'needs_reconnect'
        ? [unasked(platform.label, usable.error.message)]
        : []),
      ...asked.findings,
      ...(method?.kind === 'oauth' ? featureFindings(method.features, asked.scopes ?? row.scopes) : []),
      tokenFinding(row, platform.refresh !== undefined, now(), ctx.workspace.timeZone),
      ...(method?.kind === 'oauth' ? [redirectFinding(platform, site, method.register !== undefined)] : []),
      ...webhookFindings(speaker, app, site, { at: now(), ...(reporting.ok ? reporting.value : {}) }),
      ...(platform.limits.answersOnly ? [] : [await addressFinding(platform, app.apiUrl, site)]),
      ...(isLoopback(app.apiUrl) ? [] : ownershipFindings(platform, await mediaPrefix(site))),
      versionFinding(speaker, now()),
    ])
  },
})

const unasked = (label: string, message: string): Examined => ({
  name: 'network',
  label: `${label}’s answer`,
  state: 'problem',
  message,
})

/** All questions at once; one that is not answered says so in its place. */
async function askNetwork({ platform, app, credentials }: UsableAccount) {
  const { label } = platform
  const [check, examined, quota] = await Promise.all([
    platform.check(app, credentials),
    platform.examine?.(app, credentials),
    platform.quota?.(app, credentials),
  ])
  const said = (name: string, of: string, error: PlatformError): Finding => ({
    name,
    label: of,
    state: error.code === 'auth_expired' || error.code === 'rejected' ? 'problem' : 'advice',
    message: explain(error, label).message,
  })
  const answers: Finding = check.ok
    ? { name: 'network', label: `${label}’s answer`, state: 'good', message: `${label} accepts the account’s token.` }
    : said('network', `${label}’s answer`, check.error)
  return {
    scopes: check.ok ? check.value.scopes : undefined,
    findings: [
      answers,
      ...(examined ? (examined.ok ? examined.value : [said('examine', 'Details', examined.error)]) : []),
      ...(quota ? (quota.ok ? quotaFindings(quota.value, label) : [said('quota', 'Quota', quota.error)]) : []),
    ],
  }
}
