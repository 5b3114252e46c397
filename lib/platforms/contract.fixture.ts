import { createHash, randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { decideConsent } from '@/sandbox/person'
import type { Sandbox } from '@/sandbox/index'
import type { Result as AnyResult } from '@/lib/core/result'
import {
  appConfig,
  platforms,
  type AppConfig,
  type ConnectedAccount,
  type ConnectionMethod,
  type Credentials,
  type MediaFile,
  type Part,
  type Platform,
  type PlatformError,
  type PlatformName,
  type Published,
  type UploadedMedia,
} from '.'

type Result<T> = AnyResult<T, PlatformError>

const redirectUri = 'http://127.0.0.1:4700/api/oauth/callback'

/** One way of connecting one network, with what a person would choose or type. */
export type Way = {
  readonly label: string
  readonly name: PlatformName
  readonly method: string
  readonly who: string
  readonly password?: string
  /** Can reading settle a doubtful outcome? */
  readonly settles: boolean
  /** Does a refresh token come with the access token? */
  readonly renews: boolean
  /** Are an account's numbers open to our app? */
  readonly measures: boolean
}

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
    password: 'app-pass-northwind',
    ...open,
  },
]

/** The settings of an installation whose networks are the sandbox. */
export function settingsFor(urls: Readonly<Record<PlatformName, string>>): Record<string, string> {
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
    NETWORK_TIMEOUT_MS: '1500',
  }
}

export function urlsOf(sandbox: Sandbox): Record<PlatformName, string> {
  const url = (name: string) => sandbox.networks[name]?.url ?? ''
  return { x: url('x'), linkedin: url('linkedin'), bluesky: url('bluesky') }
}

export function methodOf(way: Way): ConnectionMethod {
  const method = platforms[way.name].connections.find(({ name }) => name === way.method)
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
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const { code } = await decideConsent(method.authorizeUrl(app, { state: 'state-1', challenge, redirectUri }), way.who)
  if (!code) throw new Error(`${way.label} gave no code`)
  return { code, verifier, redirectUri }
}

async function accountsOf(app: AppConfig, way: Way): Promise<Result<readonly ConnectedAccount[]>> {
  const method = methodOf(way)
  return method.kind === 'oauth'
    ? method.exchange(app, await consent(app, way))
    : method.signIn(app, { handle: way.who, password: way.password ?? '' })
}

/** An account connected through the adapter itself, and what it takes to speak for it. */
export type Subject = {
  readonly way: Way
  readonly platform: Platform
  readonly app: AppConfig
  readonly account: ConnectedAccount
  readonly as: Credentials
}

export async function connect(way: Way, settings: Record<string, string>): Promise<Subject> {
  const app = appConfig(way.name, way.method, settings)
  const [account] = must(await accountsOf(app, way))
  if (!account) throw new Error(`${way.label} gave no account`)
  return { way, platform: platforms[way.name], app, account, as: account.credentials }
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

/** A part with a key of its own. */
export const partOf = ({ platform }: Subject, text: string, more: Partial<Part> = {}): Part => ({
  kind: 'post',
  text,
  media: [],
  key: platform.newKey(new Date()),
  ...more,
})

/** What every sent part stands under: itself. */
export const under = (root: Published, parent: Published = root): Pick<Part, 'replyTo'> => ({
  replyTo: { root, parent },
})

export async function imageFile(colour: string, alt: string): Promise<MediaFile> {
  const bytes = await sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
    .png()
    .toBuffer()
  return fileOf(bytes, { id: colour, kind: 'image', mime: 'image/png', alt, width: 64, height: 48 })
}

/** The smallest bytes that are recognised as an MP4, and noise behind them: each call makes a file of its own. */
export const videoFile = (sizeBytes: number, noise: string): MediaFile => {
  const head = Buffer.from('000000186674797069736f6d0000020069736f6d69736f32', 'hex')
  const bytes = Buffer.concat([head, Buffer.alloc(sizeBytes - head.byteLength, noise)])
  return fileOf(bytes, {
    id: `video-${noise}`,
    kind: 'video',
    mime: 'video/mp4',
    alt: '',
    width: 640,
    height: 360,
    durationMs: 4_000,
  })
}

const chunkBytes = 64 * 1024

function fileOf(bytes: Buffer, about: Omit<MediaFile, 'open' | 'sizeBytes'>): MediaFile {
  const stream = () => {
    let at = 0
    return new ReadableStream<Uint8Array>({
      pull(controller) {
        if (at >= bytes.byteLength) return controller.close()
        controller.enqueue(new Uint8Array(bytes.subarray(at, (at += chunkBytes))))
      },
    })
  }
  return { ...about, sizeBytes: bytes.byteLength, open: stream }
}

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
export const statusOf = (of: Subject, media: UploadedMedia) => having(of.platform.mediaStatus, of)(of.app, of.as, media)
