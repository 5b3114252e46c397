import { now } from '@/lib/core/clock'
import { env } from '@/lib/core/env'
import { request } from '@/lib/core/http'
import { pass } from '@/lib/core/rate'
import { fail, ok, type Result } from '@/lib/core/result'
import { storeAddress } from '@/lib/core/storage'
import { adapterOf, appOf, speakerOf, type Finding, type Platform, type PlatformError } from '@/lib/platforms'
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
    const site = env().APP_URL.replace(/\/$/, '')
    const asked = usable?.ok ? await askNetwork(usable.value) : { scopes: undefined, findings: [] }
    return ok([
      stateFinding(row, platform.label),
      ...(usable && !usable.ok && row.state !== 'needs_reconnect'
        ? [unasked(platform.label, usable.error.message)]
        : []),
      ...asked.findings,
      ...(method?.kind === 'oauth' ? featureFindings(method.features, asked.scopes ?? row.scopes) : []),
      tokenFinding(row, platform.refresh !== undefined, now()),
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

/** Whether a network that fetches files from us can: our own address is called the way anyone outside would call it. */
async function addressFinding(
  { label, fetchesMedia = [] }: Pick<Platform, 'label' | 'fetchesMedia'>,
  apiUrl: string,
  site: string,
): Promise<Examined> {
  const of = { name: 'media_address', label: 'Public address for media' }
  if (fetchesMedia.length === 0)
    return { ...of, state: 'good', message: `None is needed: files are sent to ${label} byte by byte.` }
  if (isLoopback(apiUrl))
    return { ...of, state: 'good', message: 'The sandbox is on this machine and fetches files from it.', copy: site }
  const { setting, asked, answersWith } = await fetchedFrom(site)
  const copy = new URL(asked).origin
  const finding = (state: Finding['state'], message: string): Examined => ({ ...of, state, message, copy })
  const what = `${label} fetches ${fetchesMedia.map((kind) => kinds[kind]).join(' and ')} from ${setting}`
  const { host } = new URL(asked)
  if (isLoopback(asked))
    return finding(
      'problem',
      `${what}, and it cannot reach ${host}. Set ${setting} to an https address that the internet can open.`,
    )
  const answer = await request({ url: asked, mutation: false, timeoutMs: 8_000, maxBytes: 64 * 1024 })
  if (answer.kind === 'answer' && answersWith(answer.status))
    return finding('good', `${host} answers from the public internet, so files can be fetched from it.`)
  const why = answer.kind === 'answer' ? `it answers with ${answer.status}` : answer.reason
  return finding('problem', `${what}, and that address does not answer: ${why}. Check DNS, certificate and firewall.`)
}

/** An address in the bucket as networks are given it, where the bucket is open to them. No file stands there. */
const addressAtStore = () => storeAddress('file', { mime: 'image/jpeg', from: now(), expiresInSeconds: 60 })

/** Where networks fetch files: what says so, an address there that can be asked, and how it answers when all is well. */
async function fetchedFrom(site: string) {
  const atStore = await addressAtStore()
  return atStore
    ? {
        setting: 'S3_PUBLIC_ENDPOINT',
        asked: atStore,
        // It took the signature, and has no such file.
        answersWith: (status: number) => status === 404 || status < 400,
      }
    : { setting: 'APP_URL', asked: `${site}/api/health`, answersWith: (status: number) => status < 400 }
}

/** Where the addresses begin at which networks fetch files: at the bucket, where it is open to them, else here. */
async function mediaPrefix(site: string): Promise<string> {
  const atStore = await addressAtStore()
  return atStore ? new URL('.', atStore).href : `${site}/api/media/public/`
}

const kinds = { image: 'pictures', gif: 'GIFs', video: 'videos', document: 'documents' } as const
