import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EnvError, readEnv, setting } from './env'

const key = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const keyForm = 'must be `id:base64 of 32 bytes`, separated by commas; the first one seals, all of them open'
const good = {
  DATABASE_URL: 'postgresql://app:s3cret@localhost/app',
  NEXTAUTH_SECRET: 'x'.repeat(32),
  ENCRYPTION_KEYS: `a:${key(1)}`,
}
const linesFor = (source: Record<string, string | undefined>): readonly string[] => {
  try {
    readEnv(source)
  } catch (error) {
    if (error instanceof EnvError) return error.message.split('\n').slice(1, -1)
    throw error
  }
  return []
}

test('three settings are enough', () => {
  expect(readEnv(good)).toMatchObject({
    APP_URL: 'http://localhost:3000',
    WORKER_CONCURRENCY: 50,
    POSTHORN_DEMO: false,
  })
})

test('the address people open ends without a slash, as networks compare it', () => {
  expect(readEnv({ ...good, APP_URL: 'https://posthorn.test/desk/' }).APP_URL).toBe('https://posthorn.test/desk')
})

test('an empty variable counts as unset', () => {
  expect(readEnv({ ...good, REDIS_URL: '', UPLOAD_MAX_MB: '' })).toMatchObject({ UPLOAD_MAX_MB: 4_200 })
})

test('several keys are kept in order', () => {
  const both = `new:${key(2)},old:${key(1)}`
  expect(readEnv({ ...good, ENCRYPTION_KEYS: both }).ENCRYPTION_KEYS).toEqual(both.split(','))
})

test.each([
  ['DATABASE_URL', 'mysql://x', 'must be a postgresql:// address'],
  ['REDIS_URL', 'http://x', 'must be a redis:// address'],
  ['APP_URL', 'posthorn.example', 'must be the http(s) address people open'],
  ['NEXTAUTH_SECRET', 'short', 'must be at least 32 characters; make one with `openssl rand -base64 32`'],
  ['ENCRYPTION_KEYS', 'nokey', keyForm],
  ['ENCRYPTION_KEYS', `a:${Buffer.alloc(16).toString('base64')}`, keyForm],
  ['ENCRYPTION_KEYS', `a:${key(1)},`, keyForm],
  ['UPLOAD_MAX_MB', 'lots', 'must be a whole number from 1 to 300000'],
  ['UPLOAD_MAX_MB', '0', 'must be a whole number from 1 to 300000'],
  ['SMTP_URL', 'mail.example', 'must be an smtp:// address'],
  ['TRUSTED_PROXIES', '-1', 'must be a whole number from 0 to 10'],
  ['LOG_LEVEL', 'loud', 'must be trace, debug, info, warn, error or silent'],
  ['METRICS_TOKEN', 'short', 'must be at least 16 characters'],
  ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector', 'must be the http(s) address of a collector'],
  ['POSTHORN_DEMO', 'yes', 'must be 0 or 1'],
  ['SANDBOX_URL', 'sandbox', 'must be the http(s) address of the sandbox'],
  ['CONNECTION_EXAMPLES', '{', 'must be JSON: {"network": {"method": {"field": "value"}}}'],
  ['WORKER_METRICS_PORT', '70000', 'must be a whole number from 1 to 65535'],
  ['WORKER_CONCURRENCY', '1.5', 'must be a whole number from 1 to 200'],
  ['PUBLISH_LEASE_MS', '10', 'must be a whole number from 1000 to 3600000'],
  ['NETWORK_TIMEOUT_MS', '10', 'must be a whole number from 200 to 600000'],
  ['SWEEP_EVERY_MS', '1', 'must be a whole number from 100 to 3600000'],
  ['DATABASE_POOL', 'many', 'must be a whole number from 1 to 1000'],
  ['DATABASE_POOL', '0', 'must be a whole number from 1 to 1000'],
  ['DATABASE_SHARED_POOL', '5', 'must be a whole number from 8 to 1000'],
  ['READ_BACK_LAG_MS', 'soon', 'must be a whole number from 100 to 86400000'],
  ['ECHO_PATIENCE_MS', '99', 'must be a whole number from 100 to 86400000'],
  ['PORT', 'abc', 'must be a whole number from 1 to 65535'],
  ['SANDBOX_PORT', '66000', 'must be a whole number from 1 to 65000'],
  ['HOST', 'http://here', 'must be an address of this machine, like 127.0.0.1'],
])('%s=%s gets the one line that says what it must be, without showing it', (name, value, must) => {
  expect(linesFor({ ...good, [name]: value })).toEqual([`  ${name} ${must}`])
})

test('one setting can be read before the others, by the same rule; a bad one has its default until it is refused', () => {
  expect(setting('LOG_LEVEL', {})).toBe('info')
  expect(setting('LOG_LEVEL', { LOG_LEVEL: '' })).toBe('info')
  expect(setting('LOG_LEVEL', { LOG_LEVEL: 'warn' })).toBe('warn')
  expect(setting('LOG_LEVEL', { LOG_LEVEL: 'loud' })).toBe('info')
  expect(setting('NETWORK_TIMEOUT_MS', { NETWORK_TIMEOUT_MS: '4000' })).toBe(4_000)
})

test('a call to a network must end before the claim on its post does', () => {
  const both = (timeout: string, lease: string) => ({ ...good, NETWORK_TIMEOUT_MS: timeout, PUBLISH_LEASE_MS: lease })
  const why = 'no call may outlast the claim on its post'
  expect(linesFor(both('60000', '60000'))).toEqual([
    `  NETWORK_TIMEOUT_MS must be below PUBLISH_LEASE_MS, which is 60000: ${why}`,
  ])
  expect(linesFor({ ...good, PUBLISH_LEASE_MS: '10000' })).toEqual([
    `  PUBLISH_LEASE_MS must be above NETWORK_TIMEOUT_MS, which is 20000: ${why}`,
  ])
  expect(readEnv(both('59999', '60000')).NETWORK_TIMEOUT_MS).toBe(59_999)
})

test('all that is missing is said at once', () => {
  expect(linesFor({}).map((line) => line.trim().split(' ').slice(0, 4).join(' '))).toEqual([
    'DATABASE_URL is not set:',
    'NEXTAUTH_SECRET is not set:',
    'ENCRYPTION_KEYS is not set:',
  ])
})

test('every setting is explained in docs/settings.md', () => {
  const home = path.resolve(import.meta.dirname, '../..')
  const names = [...readFileSync(path.join(home, 'lib/core/env.ts'), 'utf8').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)].map(
    ([, name]) => name,
  )
  const page = readFileSync(path.join(home, 'docs/settings.md'), 'utf8')
  expect(names.length).toBeGreaterThan(15)
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})
