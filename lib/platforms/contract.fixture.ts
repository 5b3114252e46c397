import { createHash, randomBytes } from 'node:crypto'
import { decideConsent } from '@/sandbox/person'
import type { Sandbox } from '@/sandbox/index'
import type { Result as AnyResult } from '@/lib/core/result'
import {
  adapterOf,
  appConfig,
  platformNames,
  platforms,
  providers,
  type AppConfig,
  type ConnectedAccount,
  type ConnectionMethod,
  type Credentials,
  type MediaFile,
  type OptionValues,
  type Part,
  type PartMedia,
  type Platform,
  type PlatformError,
  type PlatformName,
  type ProviderName,
  type Prepared,
  type Published,
  type UploadedMedia,
} from '.'
import { imageFile, videoFile } from './contract-files.fixture'

type Result<T> = AnyResult<T, PlatformError>

const redirectUri = 'http://127.0.0.1:4700/api/oauth/callback'

/** One way of connecting one network, with what a person would choose or type. */
export type Way = {
  readonly label: string
  readonly name: PlatformName
  /** The provider it is connected through, where it is not the network itself. */
  readonly provider?: ProviderName
  readonly method: string
  /** Whom the person chooses on the consent page; for a form, what it is filled with. */
  readonly who: string
  readonly values?: Readonly<Record<string, string>>
  /** Can reading settle a doubtful outcome? */
  readonly settles: boolean
  /** Does a refresh token come with the access token? */
  readonly renews: boolean
  /** How old a token must be before it is renewed; absent means at once. */
  readonly renewsAfterMs?: number
  /** Are an account's numbers open to our app? */
  readonly measures: boolean
  /** What a further part is to readers where nothing ties it to the first; `reply` when absent. */
  readonly further?: 'post'
  /** What a person must choose for every post here. */
  readonly options?: OptionValues
}

/** The sandbox's bot is known by any token that begins so; a later ending stands for one that was reset. */
const discordBotToken = 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'

const open = { settles: true, renews: true, measures: true }
const closed = { settles: false, renews: false, measures: false }

export const ways: readonly Way[] = [
  { label: 'X', name: 'x', method: 'account', who: 'northwind', ...open },
  { label: 'LinkedIn person', name: 'linkedin', method: 'person', who: 'nora-winter', ...closed },
  { label: 'LinkedIn page', name: 'linkedin', method: 'page', who: 'nora-winter', ...open },
  {
    label: 'Bluesky',
    name: 'bluesky',
    method: 'password',
    who: 'northwind.sandbox',
    values: { handle: 'northwind.sandbox', password: 'app-pass-northwind' },
    ...open,
  },
  { label: 'Facebook', name: 'facebook', method: 'pages', who: 'nora.winter', ...open, renews: false },
  {
    label: 'TikTok',
    name: 'tiktok',
    method: 'account',
    who: 'northwind',
    options: { privacy: 'PUBLIC_TO_EVERYONE' },
    ...open,
  },
  {
    label: 'Instagram',
    name: 'instagram',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    renewsAfterMs: 24 * 3_600_000,
  },
  {
    label: 'Threads',
    name: 'threads',
    method: 'account',
    who: 'northwindcoffee',
    ...open,
    renewsAfterMs: 24 * 3_600_000,
  },
  {
    label: 'WhatsApp',
    name: 'whatsapp',
    method: 'number',
    who: '15550783881',
    values: { number: '106540352242922', token: 'EAAsandboxSystemUserNorthwind' },
    ...closed,
  },
  { label: 'Mastodon', name: 'mastodon', method: 'account', who: 'northwind', ...open, renews: false },
  { label: 'Discord bot', name: 'discord', method: 'bot', who: 'announcements', ...open, renews: false },
  {
    label: 'Discord forum',
    name: 'discord',
    method: 'token',
    who: 'ideas',
    values: { token: discordBotToken, channel: '1100000000000000013' },
    ...open,
    renews: false,
  },
  {
    label: 'Discord webhook',
    name: 'discord',
    method: 'webhook',
    who: 'general',
    values: { url: 'https://discord.com/api/webhooks/1100000000000000022/sandbox-webhook-general' },
    ...closed,
    measures: true,
    further: 'post',
  },
  {
    label: 'YouTube',
    name: 'youtube',
    method: 'channel',
    who: 'northwind',
    options: { privacy: 'public', madeForKids: 'no' },
    ...open,
  },
  {
    label: 'Pinterest',
    name: 'pinterest',
    method: 'account',
    who: 'northwind',
    options: { board: '549755885175' },
    ...open,
  },
  {
    label: 'Ayrshare Facebook',
    name: 'facebook',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'facebook',
    values: { apiKey: 'SANDBOX-AYRSHARE-KEY-0001' },
    ...open,
    renews: false,
  },
  {
    label: 'Ayrshare X',
    name: 'x',
    provider: 'ayrshare',
    method: 'ayrshare',
    who: 'x',
    values: {
      apiKey: 'SANDBOX-AYRSHARE-KEY-0001',
      profileKey: 'SANDBOX-PROFILE-KEY-ROASTERY',
      xKey: 'app-key-of-ours',
      xSecret: 'app-secret-of-ours',
    },
    ...open,
    renews: false,
  },
  {
    label: 'Telegram',
    name: 'telegram',
    method: 'bot',
    who: 'northwind_news',
    values: { token: '4100000001:AAsandbox-token-of-the-northwind-bot', chat: '@northwind_news' },
    ...closed,
  },
  {
    label: 'Reddit',
    name: 'reddit',
    method: 'account',
    who: 'northwind',
    options: { subreddit: 'northwind' },
    ...open,
  },
]

/** The settings of an installation whose networks are the sandbox. */
export function settingsFor(urls: Readonly<Record<PlatformName | ProviderName, string>>): Record<string, string> {
  const secret = 'sandbox-secret'
  return {
    X_API_URL: urls.x,
    X_WEB_URL: urls.x,
    X_CLIENT_ID: 'posthorn',
    X_CLIENT_SECRET: secret,
    X_WEBHOOK_SECRET: secret,
    LINKEDIN_API_URL: urls.linkedin,
    LINKEDIN_WEB_URL: urls.linkedin,
    LINKEDIN_CLIENT_ID: 'posthorn-person',
    LINKEDIN_CLIENT_SECRET: secret,
    LINKEDIN_PAGE_CLIENT_ID: 'posthorn-page',
    LINKEDIN_PAGE_CLIENT_SECRET: secret,
    LINKEDIN_WEBHOOK_SECRET: secret,
    BLUESKY_API_URL: urls.bluesky,
    BLUESKY_WEB_URL: urls.bluesky,
    FACEBOOK_API_URL: urls.facebook,
    FACEBOOK_WEB_URL: urls.facebook,
    FACEBOOK_CLIENT_ID: 'posthorn-facebook',
    FACEBOOK_CLIENT_SECRET: secret,
    FACEBOOK_WEBHOOK_SECRET: secret,
    FACEBOOK_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    TIKTOK_API_URL: urls.tiktok,
    TIKTOK_WEB_URL: urls.tiktok,
    TIKTOK_CLIENT_ID: 'posthorn',
    TIKTOK_CLIENT_SECRET: secret,
    TIKTOK_WEBHOOK_SECRET: secret,
    INSTAGRAM_API_URL: urls.instagram,
    INSTAGRAM_WEB_URL: urls.instagram,
    INSTAGRAM_CLIENT_ID: 'posthorn-instagram',
    INSTAGRAM_CLIENT_SECRET: secret,
    INSTAGRAM_WEBHOOK_SECRET: secret,
    INSTAGRAM_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    THREADS_API_URL: urls.threads,
    THREADS_WEB_URL: urls.threads,
    THREADS_CLIENT_ID: 'posthorn-threads',
    THREADS_CLIENT_SECRET: secret,
    THREADS_WEBHOOK_SECRET: secret,
    THREADS_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    WHATSAPP_API_URL: urls.whatsapp,
    WHATSAPP_WEB_URL: urls.whatsapp,
    WHATSAPP_CLIENT_ID: 'posthorn-whatsapp',
    WHATSAPP_CLIENT_SECRET: secret,
    WHATSAPP_WEBHOOK_SECRET: secret,
    WHATSAPP_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    MASTODON_API_URL: urls.mastodon,
    MASTODON_WEB_URL: urls.mastodon,
    DISCORD_API_URL: urls.discord,
    DISCORD_WEB_URL: urls.discord,
    DISCORD_CLIENT_ID: 'posthorn-discord',
    DISCORD_CLIENT_SECRET: secret,
    DISCORD_BOT_TOKEN: discordBotToken,
    YOUTUBE_API_URL: urls.youtube,
    YOUTUBE_WEB_URL: urls.youtube,
    YOUTUBE_CLIENT_ID: 'posthorn',
    YOUTUBE_CLIENT_SECRET: secret,
    YOUTUBE_WEBHOOK_SECRET: secret,
    YOUTUBE_WEBHOOK_VERIFY_TOKEN: 'sandbox-verify',
    PINTEREST_API_URL: urls.pinterest,
    PINTEREST_WEB_URL: urls.pinterest,
    PINTEREST_CLIENT_ID: 'posthorn',
    PINTEREST_CLIENT_SECRET: secret,
    AYRSHARE_API_URL: urls.ayrshare,
    AYRSHARE_WEB_URL: urls.ayrshare,
    AYRSHARE_WEBHOOK_SECRET: secret,
    TELEGRAM_API_URL: urls.telegram,
    TELEGRAM_WEB_URL: urls.telegram,
    TELEGRAM_WEBHOOK_SECRET: secret,
    REDDIT_API_URL: urls.reddit,
    REDDIT_WEB_URL: urls.reddit,
    REDDIT_CLIENT_ID: 'posthorn-reddit',
    REDDIT_CLIENT_SECRET: secret,
    NETWORK_TIMEOUT_MS: '1500',
  }
}

export const urlsOf = (sandbox: Sandbox): Record<PlatformName | ProviderName, string> =>
  // What an object's entries are called is forgotten by its type; these are the registry's own names.
  Object.fromEntries(
    [...platformNames, ...providers.map(({ name }) => name)].map((name) => [name, sandbox.networks[name]?.url ?? '']),
  ) as Record<PlatformName | ProviderName, string>

/** The adapter that speaks for accounts of this way. */
export const platformOf = ({ name, method }: Way): Platform => adapterOf({ platform: name, method })

/** The ways to accounts that can be posted to. The others are for answering alone. */
export const postingWays = ways.filter((way) => !platformOf(way).limits.answersOnly)

/** Whom the sandbox imitates for it. */
export const imitatedBy = ({ name, provider }: Way): PlatformName | ProviderName => provider ?? name

export function methodOf(way: Way): ConnectionMethod {
  const connections =
    providers.find(({ name }) => name === way.provider)?.connections ?? platforms[way.name].connections
  const method = connections.find(({ name }) => name === way.method)
  if (!method) throw new Error(`${way.label} has no way to connect called ${way.method}`)
  return method
}

/** Goes to the consent page as a person would. @returns what the exchange is asked with */
export async function consent(
  app: AppConfig,
  way: Way,
): Promise<{ code: string; verifier: string; redirectUri: string }> {
  const method = methodOf(way)
  if (method.kind !== 'oauth') throw new Error(`${way.label} has no consent page`)
  const verifier = randomBytes(32).toString('base64url')
  const challenge = createHash('sha256')
    .update(verifier)
    .digest(method.pkce === 'hex' ? 'hex' : 'base64url')
  const { code } = await decideConsent(method.authorizeUrl(app, { state: 'state-1', challenge, redirectUri }), way.who)
  if (!code) throw new Error(`${way.label} gave no code`)
  return { code, verifier, redirectUri }
}

async function accountsOf(app: AppConfig, way: Way): Promise<Result<readonly ConnectedAccount[]>> {
  const method = methodOf(way)
  return method.kind === 'oauth' ? method.exchange(app, await consent(app, way)) : method.signIn(app, way.values ?? {})
}

/** An account connected through the adapter itself, and what it takes to speak for it. */
export type Subject = {
  readonly way: Way
  readonly platform: Platform
  readonly app: AppConfig
  readonly account: ConnectedAccount
  readonly as: Credentials
}

/** Our app at the network; made known to the server first, where every server is a network of its own. */
async function appOf(way: Way, settings: Record<string, string>): Promise<AppConfig> {
  const app = appConfig(imitatedBy(way), way.method, settings)
  const method = methodOf(way)
  if (method.kind !== 'oauth' || !method.register) return app
  return { ...app, ...must(await method.register(app, { server: app.apiUrl, redirectUri })) }
}

export async function connect(way: Way, settings: Record<string, string>): Promise<Subject> {
  const app = await appOf(way, settings)
  // A provider's key brings several networks at once.
  const account = must(await accountsOf(app, way)).find(({ network = way.name }) => network === way.name)
  if (!account) throw new Error(`${way.label} gave no account`)
  return {
    way,
    platform: platformOf(way),
    app,
    account,
    as: account.credentials,
  }
}

/** The value of a result that must be one. */
export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`Expected success, got ${JSON.stringify(result.error)}`)
  return result.value
}

/** The error of a result that must be one. */
export function mustFail<T>(result: Result<T>) {
  if (result.ok) throw new Error(`Expected a failure, got ${JSON.stringify(result.value)}`)
  return result.error
}

/** A part with a key of its own, and with what this network wants of every post: a file, a title, choices. */
export async function draftOf(of: Subject, text: string, more: Partial<Part> = {}): Promise<Part> {
  const limits = of.platform.limitsFor?.(of.account.traits ?? {}) ?? of.platform.limits
  const isPost = (more.kind ?? 'post') === 'post'
  const wants = isPost && !more.media ? limits.needsMedia : undefined
  const media = !wants
    ? []
    : [await attach(of, wants[0] === 'image' ? await imageFile('gold', 'A gold square') : videoFile(600_000, text))]
  return {
    kind: 'post',
    text,
    media,
    ...(isPost && limits.title?.required
      ? { title: text.split(' ').slice(0, 2).join(' ').slice(0, limits.title.rule.max) }
      : {}),
    ...(of.way.options ? { options: of.way.options } : {}),
    key: of.platform.newKey(new Date()),
    ...more,
  }
}

/** Turns the sandbox's clock: how the tests wait. */
export type Turn = (advanceMs: number) => Promise<unknown>
const stand: Turn = async () => undefined

/** Most rounds that anything at a network may take. */
const rounds = 20

/** Brings a file to the network and waits until it is ready, where files go ahead of the post. */
export async function attach(of: Subject, file: MediaFile, turn: Turn = stand): Promise<PartMedia> {
  const { kind, alt, width, height } = file
  const about = { kind, alt, ...(width ? { width } : {}), ...(height ? { height } : {}), file }
  if (!of.platform.uploadMedia) return about
  let media = must(await of.platform.uploadMedia(of.app, of.as, file))
  for (let looks = 0; !media.ready && looks < rounds; looks++) {
    await turn(media.checkAfterMs ?? 1_000)
    media = must(await statusOf(of, media))
  }
  if (!media.ready) throw new Error(`${of.way.label} never finished ${file.id}`)
  // As it comes back from the database.
  return { ...about, ref: JSON.parse(JSON.stringify(media.ref)) as unknown }
}

/** Readies a part as the publisher does: again and again, each answer as it comes back from the database. */
export async function ready(of: Subject, part: Part, turn: Turn = stand): Promise<Result<Part>> {
  const { platform, app, as } = of
  if (!platform.prepare) return { ok: true, value: part }
  let before: Prepared | undefined
  for (let steps = 0; steps < rounds; steps++) {
    const answer = await platform.prepare(app, as, part, before)
    if (!answer.ok) return answer
    // Written by JSON.stringify a moment ago.
    before = JSON.parse(JSON.stringify(answer.value)) as Prepared
    if (before.ready) return { ok: true, value: { ...part, prepared: before.ref } }
    await turn(before.checkAfterMs ?? 0)
  }
  throw new Error(`${of.way.label} never got ready`)
}

/** Sends a part as the publisher does: readies it, sends it once, and follows what is still being worked on. */
export async function deliver(of: Subject, part: Part, turn: Turn = stand): Promise<Result<Published>> {
  const prepared = await ready(of, part, turn)
  if (!prepared.ok) return prepared
  const since = new Date()
  const sent = await of.platform.publish(of.app, of.as, prepared.value)
  if (sent.ok || sent.error.code !== 'outcome_unknown' || !sent.error.processing) return sent
  const { checkAfterMs, ref } = sent.error.processing
  await turn(checkAfterMs)
  const found = await settle(
    of,
    ref === undefined ? prepared.value : { ...prepared.value, prepared: kept(ref) },
    since,
    turn,
  )
  if (!found.ok) return found
  return found.value ? { ok: true, value: found.value } : sent
}

/** As it comes back from the database. */
const kept = (ref: unknown): unknown => JSON.parse(JSON.stringify(ref))

/** Looks for a part as the publisher does: again and again while the network says that it is still at work on it. */
export async function settle(
  of: Subject,
  part: Part,
  since: Date,
  turn: Turn = stand,
): Promise<Result<Published | undefined>> {
  let found = await find(of, part, since)
  for (let looks = 0; looks < rounds; looks++) {
    if (found.ok || found.error.code !== 'outcome_unknown' || !found.error.processing) return found
    await turn(found.error.processing.checkAfterMs)
    found = await find(of, part, since)
  }
  return found
}

/** What every sent part stands under: itself. */
export const under = (root: Published, parent: Published = root): Pick<Part, 'replyTo'> => ({
  replyTo: { root, parent },
})

/** A capability a network must have for the question to make sense. */
function having<T>(capability: T | undefined, { way }: Subject): T {
  if (capability === undefined) throw new Error(`${way.label} cannot do that`)
  return capability
}

export const remove = (of: Subject, published: Published) => having(of.platform.remove, of)(of.app, of.as, published)
export const refresh = (of: Subject, as: Credentials) => having(of.platform.refresh, of)(of.app, as)
export const find = (of: Subject, part: Part, since: Date) =>
  having(of.platform.findPublished, of)(of.app, of.as, part, since)
export const metricsOf = (of: Subject, published: Published) =>
  having(of.platform.metrics, of)(of.app, of.as, [published])
const statusOf = (of: Subject, media: UploadedMedia) => having(of.platform.mediaStatus, of)(of.app, of.as, media)
