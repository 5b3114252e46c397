import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** Reads `.env` of the project folder into the environment. What is set already wins. */
export function loadDotEnv(file) {
  if (existsSync(file)) process.loadEnvFile(file)
}

/** The secrets of this installation, made once. Losing the file means connecting every account again. */
export function secrets(folder) {
  const file = path.join(folder, 'secrets.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  const made = {
    NEXTAUTH_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 })
  return made
}

const shown = (given) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))

/**
 * What web, worker and seed are told. `given` is what the person has set: each of it wins.
 * @param networks the addresses of the imitated networks by name, when there are any.
 */
export function productEnv({ given, folder, databaseUrl, port, host, sandboxUrl, networks = {} }) {
  const address = given.APP_URL || `http://localhost:${port}`
  // The sandbox shows a post at once, unless told otherwise: a newcomer need not wait as long as at the real networks.
  const demo = sandboxUrl
    ? { POSTHORN_DEMO: '1', SANDBOX_URL: sandboxUrl, READ_BACK_LAG_MS: '3000', ...sandboxApps(networks) }
    : {}
  return {
    ...demo,
    ...secrets(folder),
    STORAGE_DIR: path.join(folder, 'storage'),
    NEXTAUTH_URL: address,
    ...shown(given),
    NODE_ENV: 'production',
    APP_URL: address,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    HOSTNAME: host,
  }
}

/** Any client id will do at the sandbox and every secret is the same, but LinkedIn's two apps must be two. */
function sandboxApps(networks) {
  const addresses = Object.entries(networks).flatMap(([name, { url }]) => {
    const prefix = name.toUpperCase()
    return [
      [`${prefix}_API_URL`, url],
      [`${prefix}_WEB_URL`, url],
      [`${prefix}_WEBHOOK_SECRET`, 'sandbox-secret'],
      [`${prefix}_WEBHOOK_VERIFY_TOKEN`, 'sandbox-verify'],
    ]
  })
  const apps = [
    'X',
    'LINKEDIN',
    'LINKEDIN_PAGE',
    'FACEBOOK',
    'TIKTOK',
    'INSTAGRAM',
    'THREADS',
    'WHATSAPP',
    'DISCORD',
    'YOUTUBE',
    'PINTEREST',
    'REDDIT',
  ].flatMap((app) => [
    [`${app}_CLIENT_ID`, `posthorn-${app.toLowerCase().replace('_', '-')}`],
    [`${app}_CLIENT_SECRET`, 'sandbox-secret'],
  ])
  const discord = [
    ['DISCORD_BOT_TOKEN', 'MTEwMDAwMDAwMDAwMDAwMDAwMg.sandbox.bot-token'],
    ['DISCORD_WEBHOOK_PUBLIC_KEY', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'],
  ]
  return Object.fromEntries([...addresses, ...apps, ...discord])
}
