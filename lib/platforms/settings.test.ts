import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { EnvError } from '@/lib/core/env'
import { appConfig } from './config'
import { checkNetworkSettings } from './settings'
import { speakers } from './speakers'

const linesFor = (env: Record<string, string>): readonly string[] => {
  try {
    checkNetworkSettings(env)
  } catch (error) {
    if (error instanceof EnvError) return error.message.split('\n').slice(1, -1)
    throw error
  }
  return []
}

test.each([
  ['X_API_URL', 'api.x.com', 'must be an http(s) address'],
  ['BLUESKY_WEB_URL', 'ftp://bsky.app', 'must be an http(s) address'],
  ['YOUTUBE_UPLOAD_URL', 'not an address', undefined],
  ['YOUTUBE_TOKEN_URL', 'not an address', 'must be an http(s) address'],
  ['AYRSHARE_HISTORY_DAYS', 'a week', 'must be a whole number of days from 1 to 9999'],
  ['AYRSHARE_HISTORY_DAYS', '0', 'must be a whole number of days from 1 to 9999'],
])('%s=%s is refused at the start if a network reads it, without being shown', (name, value, must) => {
  expect(linesFor({ [name]: value })).toEqual(must ? [`  ${name} ${must}`] : [])
})

test('good and blank settings are taken, and all bad ones are said at once', () => {
  expect(
    linesFor({ X_API_URL: 'http://127.0.0.1:4101', DISCORD_GATEWAY_URL: 'ws://127.0.0.1:1', REDDIT_WEB_URL: ' ' }),
  ).toEqual([])
  expect(linesFor({ X_API_URL: 'x', THREADS_CONSENT_URL: 'y' })).toHaveLength(2)
})

test('how long a call may take is one rule of one place', () => {
  expect(appConfig('x', undefined, {}).timeoutMs).toBe(20_000)
  expect(appConfig('x', undefined, { NETWORK_TIMEOUT_MS: '4000' }).timeoutMs).toBe(4_000)
})

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/settings.md'), 'utf8')
const prefixes = Object.keys(speakers).map((name) => name.toUpperCase())

test('every app that a connection needs is explained in docs/settings.md', () => {
  const needed = Object.values(speakers).flatMap(({ connections }) =>
    connections.flatMap(({ needs }) => [...(needs?.variables ?? [])]),
  )
  expect(needed.length).toBeGreaterThan(15)
  expect([...new Set(needed)].filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('docs/settings.md names no variable of a network that nothing reads', () => {
  const words =
    /^(.+?)_(PAGE_)?(CLIENT_ID|CLIENT_SECRET|BOT_TOKEN|WEBHOOK_SECRET|WEBHOOK_VERIFY_TOKEN|WEBHOOK_PUBLIC_KEY|HISTORY_DAYS|[A-Z]+_URL)$/
  const section = page.slice(page.indexOf('## Networks'), page.indexOf('## Several processes'))
  const named = [...section.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, name = '']) => name)
  const read = (name: string) => name === 'APP_URL' || prefixes.includes(words.exec(name)?.[1] ?? '')
  expect(named.filter((name) => !read(name))).toEqual([])
  const speaksOf = (prefix: string) => named.some((name) => name.startsWith(`${prefix}_`))
  // It needs nothing of its own: the server gives an app.
  expect(prefixes.filter((prefix) => !speaksOf(prefix)).sort()).toEqual(['MASTODON'])
})
