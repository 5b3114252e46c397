import { z } from 'zod'

const flag = z
  .enum(['0', '1'], 'must be 0 or 1')
  .default('0')
  .transform((value) => value === '1')
const keyForm = 'must be `id:base64 of 32 bytes`, separated by commas; the first one seals, all of them open'
const key = z.string().regex(/^[A-Za-z0-9_-]{1,20}:[A-Za-z0-9+/]{43}=$/, keyForm)
const secretForm = 'must be at least 32 characters; make one with `openssl rand -base64 32`'
const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z.coerce.number(error).int(error).min(least, error).max(most, error)
}

/** Origins of the installation's own network, which programs outside could not send us to. */
const origins = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((one) => one.trim() || []))
  .pipe(z.array(z.url({ protocol: /^https?$/, error: 'must be http(s) origins, separated by commas' })))

const pricePair = z.string().regex(/^\d+(\.\d+)?\/\d+(\.\d+)?$/, 'must be two amounts, like 0.1/0.4')

const limitForm = 'must be an amount in US dollars, like 50'

/** By network, method and field. */
const ConnectionExamples = z.preprocess(
  (text) => (typeof text === 'string' ? parsed(text) : text),
  z.record(
    z.string(),
    z.record(z.string(), z.record(z.string(), z.string())),
    'must be JSON: {"network": {"method": {"field": "value"}}}',
  ),
)
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // What is no JSON is refused by its shape, with the sentence of the setting.
    return text
  }
}

const Env = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional(),
  APP_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address people open' })
    // Paths are put behind it, and networks compare addresses letter by letter.
    .transform((url) => url.replace(/\/+$/, ''))
    .default('http://localhost:3000'),
  NEXTAUTH_SECRET: z.string(secretForm).min(32, secretForm),
  ENCRYPTION_KEYS: z
    .string(keyForm)
    .transform((text) => text.split(','))
    .pipe(z.array(key)),
  STORAGE_DIR: z.string().default('.data/storage'),
  /** What X and TikTok take, the largest of all but YouTube. */
  UPLOAD_MAX_MB: whole(1, 300_000).default(4_200),
  /** Set, media is kept in this bucket and STORAGE_DIR is not used. */
  S3_BUCKET: z.string().min(3, 'must be the name of a bucket').optional(),
  S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address of a store that speaks S3' })
    .optional(),
  S3_PUBLIC_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address at which networks reach the bucket' })
    .optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: flag,
  /** The ffmpeg to use; otherwise the one on the PATH, if any. ffprobe is looked for beside it. */
  FFMPEG: z.string().optional(),
  /** Feeds, and pages for the cards of links, are asked on the public internet, and at these origins of the installation's own network. */
  PRIVATE_FEED_ORIGINS: origins,
  /** Pages are looked at for link cards on the public internet, and at these origins of the installation's own network. */
  PRIVATE_LINK_ORIGINS: origins,
  /** Webhooks go by https to the public internet, and to these origins of the installation's own network. */
  PRIVATE_WEBHOOK_ORIGINS: origins,
  /** How many proxies of our own stand between people and the web. None, unless it is said: else anyone could claim any address. */
  TRUSTED_PROXIES: whole(0, 10).default(0),
  /** Who may make an account: whoever comes, or after the first one only who was invited. */
  SIGN_UP: z.enum(['open', 'invited'], 'must be open or invited').default('invited'),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be an smtp:// address' }).optional(),
  MAIL_FROM: z.string().default('Posthorn <posthorn@localhost>'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], 'must be trace, debug, info, warn, error or silent')
    .default('info'),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address of a collector' })
    .optional(),
  /** Shows the demo's outbox page and sign-in hint. */
  POSTHORN_DEMO: flag,
  SANDBOX_URL: z.url({ protocol: /^https?$/, error: 'must be the http(s) address of the sandbox' }).optional(),
  /** What forms that connect accounts of an imitated network are filled in with. */
  CONNECTION_EXAMPLES: ConnectionExamples.default({}),
  /** The models of every workspace that sets none of its own. An address here may be a private one. */
  AI_PROVIDER: z
    .enum(['openai', 'anthropic', 'google', 'compatible'], 'must be openai, anthropic, google or compatible')
    .optional(),
  AI_API_KEY: z.string().optional(),
  AI_BASE_URL: z
    .url({ protocol: /^https?$/, error: 'must be the http(s) address that ends before /chat/completions' })
    .optional(),
  AI_SMALL_MODEL: z.string().optional(),
  AI_LARGE_MODEL: z.string().optional(),
  /** US dollars for a million tokens, in and out, of models that the price list does not know: `0.1/0.4`. */
  AI_SMALL_PRICE: pricePair.optional(),
  AI_LARGE_PRICE: pricePair.optional(),
  /** US dollars that calls with AI_API_KEY may cost in a month, all workspaces together. */
  AI_MONTHLY_LIMIT_USD: z.coerce.number(limitForm).min(0, limitForm).max(1_000_000, limitForm).default(50),
  /** How long a model may take to answer. */
  AI_TIMEOUT_MS: whole(200, 600_000).default(45_000),
  /** Where the worker shows its own metrics, on loopback; unset, nowhere. */
  WORKER_METRICS_PORT: whole(1, 65_535).optional(),
  WORKER_CONCURRENCY: whole(1, 200).default(50),
  /** How long a worker may hold a post without a sign of life. It gives one each third of that; else its calls are ended. */
  PUBLISH_LEASE_MS: whole(1_000, 3_600_000).default(60_000),
  /** How long one call to a network may take, besides what a large body needs. Below PUBLISH_LEASE_MS. */
  NETWORK_TIMEOUT_MS: whole(200, 600_000).default(20_000),
  /** How long a network that keeps failing is left alone at first; each further pause is twice as long. */
  CIRCUIT_PAUSE_MS: whole(50, 600_000).default(10_000),
  /** Overrides how long a network may hide a fresh post from its own author's list. For the sandbox, which knows. */
  READ_BACK_LAG_MS: whole(100, 86_400_000).optional(),
  /** Overrides how long the silence of a network that only reports is borne. For the sandbox, which reports at once. */
  ECHO_PATIENCE_MS: whole(100, 86_400_000).optional(),
  /** How often the worker looks for what the queue lost. */
  SWEEP_EVERY_MS: whole(100, 3_600_000).default(5_000),
  /** Most connections of this process to the database, besides those of DATABASE_SHARED_POOL. */
  DATABASE_POOL: whole(1, 1_000).default(10),
  /** Most connections of this process for queues, what processes tell each other, and doors. A worker listens with seven. */
  DATABASE_SHARED_POOL: whole(8, 1_000).default(14),
  /** Where `npm start` listens, or begins to look for a free port; it has the defaults, before anything is installed. */
  PORT: whole(1, 65_535).optional(),
  SANDBOX_PORT: whole(1, 65_000).optional(),
  HOST: z
    .string()
    .regex(/^[A-Za-z0-9.:-]+$/, 'must be an address of this machine, like 127.0.0.1')
    .optional(),
})
export type Env = z.output<typeof Env>

/** Says of each bad variable what it must be. Values are not shown: they may be secrets. */
export class EnvError extends Error {
  /** @param lines `NAME must be …`, one for each bad variable */
  constructor(lines: readonly string[]) {
    const each = [...new Set(lines)].map((line) => `  ${line}`).join('\n')
    super(`Posthorn cannot start with these settings:\n${each}\nSee docs/settings.md.`)
  }
}

/** Reads the settings. Throws `EnvError` with one line for each bad variable. An empty variable counts as unset. */
export function readEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Env.safeParse(given)
  if (parsed.success) {
    const { NETWORK_TIMEOUT_MS, PUBLISH_LEASE_MS } = parsed.data
    if (NETWORK_TIMEOUT_MS < PUBLISH_LEASE_MS) return parsed.data
    // Whoever gave one of the two is told of that one.
    throw new EnvError([
      given.NETWORK_TIMEOUT_MS === undefined
        ? `PUBLISH_LEASE_MS must be above NETWORK_TIMEOUT_MS, which is ${NETWORK_TIMEOUT_MS}: no call may outlast the claim on its post`
        : `NETWORK_TIMEOUT_MS must be below PUBLISH_LEASE_MS, which is ${PUBLISH_LEASE_MS}: no call may outlast the claim on its post`,
    ])
  }
  throw new EnvError(
    parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0])
      return `${name} ${given[name] === undefined ? 'is not set: it ' : ''}${message}`
    }),
  )
}

/**
 * One setting by its own rule, for what must run before all of them are read. A bad value counts as unset here:
 * `readEnv` refuses it a moment later.
 */
export function setting<K extends keyof Env>(name: K, source: Record<string, string | undefined>): Env[K] {
  const rule = Env.shape[name]
  const given = rule.safeParse(source[name] || undefined)
  // A rule gives its own output; the table of rules forgets which.
  return (given.success ? given.data : rule.parse(undefined)) as Env[K]
}

let cached: Env | undefined
/** The process's settings, read once. */
export const env = (): Env => (cached ??= readEnv(process.env))
