import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'

/** Reads `.env` of the project folder into the environment. What is set already wins. */
export function loadDotEnv(file) {
  if (existsSync(file)) process.loadEnvFile(file)
}

function portOf(given, name, byDefault, most) {
  const text = given[name] || String(byDefault)
  if (/^[1-9]\d*$/.test(text) && Number(text) <= most) return Number(text)
  throw new Error(`${name} must be a whole number from 1 to ${most}.`)
}

/**
 * Where to listen, and where to begin looking for free ports. Looked at before anything is installed or started.
 * Throws with a sentence about the setting that cannot be.
 */
export async function placeToListen(given) {
  const host = given.HOST || '127.0.0.1'
  const ports = { web: portOf(given, 'PORT', 3000, 65_535), sandbox: portOf(given, 'SANDBOX_PORT', 4100, 65_000) }
  const server = createServer()
  await new Promise((resolve, reject) => {
    server.once('error', () =>
      reject(new Error('HOST must be an address of this machine, like 127.0.0.1, or 0.0.0.0 for all of them.')),
    )
    server.listen({ port: 0, host }, () => server.close(resolve))
  })
  return { host, ports }
}

/** Named by what it is: two installations never have different keys of one name. */
function newKey() {
  const bytes = randomBytes(32)
  return `k${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}:${bytes.toString('base64')}`
}

/** The secrets of this installation, made once. Losing the file means connecting every account again. */
export function secrets(folder) {
  const file = path.join(folder, 'secrets.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const made = {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: newKey(),
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

const shown = (given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))

/**
 * What web, worker and seed are told. `given` is what the person has set: each of it wins.
 * @param networks the imitated networks by name, as the sandbox tells of them, when there are any.
 */
export function productEnv({ given, folder, databaseUrl, port, host, metricsPort, sandboxUrl, networks = {} }) {
  const address = (given.APP_URL || `http://localhost:${port}`).replace(/\/+$/, '')
  // The sandbox shows a post at once, unless told otherwise: a newcomer need not wait as long as at the real networks.
  const demo = sandboxUrl
    ? {
        POSTHORN_DEMO: '1',
        SIGN_UP: 'open',
        SANDBOX_URL: sandboxUrl,
        READ_BACK_LAG_MS: '3000',
        ...networkSettings(networks),
        CONNECTION_EXAMPLES: examples(networks),
      }
    : {}
  return {
    ...demo,
    ...secrets(folder),
    STORAGE_DIR: path.join(folder, 'storage'),
    NEXTAUTH_URL: address,
    ...(metricsPort === undefined ? {} : { WORKER_METRICS_PORT: String(metricsPort) }),
    ...shown(given),
    NODE_ENV: 'production',
    // What `.env` says is among what is given. Next would read it once more, also for the products of tests.
    __NEXT_PROCESSED_ENV: '1',
    APP_URL: address,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOSTNAME: host,
  }
}

/** What connection forms are filled in with when somebody wants an account of the sandbox, by network and method. */
const examples = (networks) =>
  JSON.stringify(Object.fromEntries(Object.entries(networks).map(([name, { examples }]) => [name, examples ?? {}])))

/** `clientId` of LinkedIn's app for pages is `LINKEDIN_PAGE_CLIENT_ID`. */
const variable = (...words) =>
  words
    .map((word) => word.replace(/([a-z])([A-Z])/g, '$1_$2'))
    .join('_')
    .toUpperCase()

/**
 * The settings of an installation whose networks are imitated: where each is, and its apps there.
 * @param {Readonly<Record<string, { url: string, hosts?: readonly string[], apps: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> }>>} networks
 * @returns {Record<string, string>}
 */
export const networkSettings = (networks) =>
  Object.fromEntries(
    Object.entries(networks).flatMap(([name, { url, apps, hosts = [] }]) => [
      [variable(name, 'API_URL'), url],
      [variable(name, 'WEB_URL'), url],
      ...hosts.map((host) => [variable(name, host, 'URL'), url]),
      ...Object.entries(apps).flatMap(([app, says]) =>
        Object.entries(says).map(([what, value]) => [variable(name, ...(app === 'default' ? [] : [app]), what), value]),
      ),
    ]),
  )
