import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { describe, expect, test } from 'vitest'
import { httpStatus } from '@/lib/core/result'
import { wrongMethod } from '../answer'
import { GET } from '../openapi.json/route'
import { describe as describeApi } from './document'
import { endpoints } from './endpoints'

const root = path.join(import.meta.dirname, '..')
/** Route files that are no part of the public API, each with why. */
const notPublic: Readonly<Record<string, string>> = {
  '[...nothing]': 'answers where there is nothing',
  'auth/[...nextauth]': 'next-auth’s own, for our sign-in page',
  health: 'for supervisors: docs/settings.md',
  'media/[id]/fit': 'a drawing for our own screens, kept nowhere',
  'media/public/[token]': 'what networks fetch, at addresses made for them',
  'media/uploads': 'speaks tus, which describes itself: docs/api.md',
  'media/uploads/[id]': 'speaks tus, which describes itself: docs/api.md',
  metrics: 'for Prometheus: docs/settings.md',
  'oauth/callback/[platform]': 'where networks send browsers back to',
  ready: 'for load balancers: docs/settings.md',
  stream: 'live updates of our own screens, by session only',
  'webhooks/platform/[platform]': 'what networks call, in their own words',
}
const verbs = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

const served = await Promise.all(
  globSync('**/route.ts', { cwd: root }).map(async (file) => {
    const folder = path.dirname(file)
    const verbsOf: Record<string, unknown> = folder in notPublic ? {} : await import(path.join(root, file))
    const address = `/api/${folder.replaceAll('[', '{').replaceAll(']', '}')}`
    const handlers = verbs
      // What a route only turns away is none of its own.
      .filter((verb) => verb in verbsOf && verbsOf[verb] !== wrongMethod)
      .map((verb) => [`${verb} ${address}`, verbsOf[verb]] as const)
    return { folder, handlers }
  }),
)
const handlers = new Map(served.flatMap((one) => one.handlers))

describe('the description and the routes', () => {
  test('every handler is described, and every description has its handler', () => {
    expect(endpoints.map(({ method, path: at }) => `${method} ${at}`).sort()).toEqual([...handlers.keys()].sort())
  })

  test('a handler parses by the very description that stands at its address', () => {
    const byAddress = new Map(endpoints.map((one) => [`${one.method} ${one.path}`, one]))
    const described = [...handlers].flatMap(([address, handler]) =>
      typeof handler === 'function' && 'endpoint' in handler ? [[address, handler.endpoint] as const] : [],
    )
    expect(described.length).toBeGreaterThanOrEqual(16)
    for (const [address, endpoint] of described) expect([address, endpoint]).toEqual([address, byAddress.get(address)])
  })

  test('what is left out is there, and has a reason', () => {
    const folders = served.map(({ folder }) => folder)
    for (const [folder, why] of Object.entries(notPublic)) {
      expect(folders).toContain(folder)
      expect(why).not.toBe('')
    }
  })
})

describe('/api/openapi.json', () => {
  test('passes redocly’s recommended rules', async () => {
    const response = await GET(new Request('http://test/api/openapi.json'), { params: Promise.resolve({}) })
    const source = await response.text()
    const config = await createConfig({ extends: ['recommended'] })
    const problems = await lintFromString({ source, config, absoluteRef: path.join(root, 'openapi.json') })
    expect(problems.map(({ ruleId, severity, location }) => [severity, ruleId, location[0]?.pointer])).toEqual([
      // Its own address takes nothing and asks for no key, so there is nothing a caller could do wrong.
      ['warn', 'operation-4xx-response', '#/paths/~1api~1openapi.json/get/responses'],
    ])
  })

  test('every code that nothing answers with yet is named as reserved in docs/api.md, and no other', () => {
    const home = path.join(root, '../..')
    const written = globSync('{lib,app}/**/*.ts', { cwd: home })
      .filter((file) => !/\.test\.ts$|core\/result\.ts$|contract\/failures\.ts$/.test(file))
      .map((file) => readFileSync(path.join(home, file), 'utf8'))
      .join('\n')
    const unused = Object.keys(httpStatus).filter((code) => !new RegExp(`['"]${code}['"]`).test(written))
    const [, reserved = ''] =
      /^(.*) are in the list so that it need never grow/m.exec(readFileSync(path.join(home, 'docs/api.md'), 'utf8')) ??
      []
    expect([...reserved.matchAll(/`(\w+)`/g)].map(([, code]) => code).sort()).toEqual(unused.sort())
  })

  test('says every code of the closed list, and how to prove who asks', () => {
    const document = JSON.stringify(describeApi())
    for (const code of Object.keys(httpStatus)) expect(document).toContain(`"${code}"`)
    for (const word of ['Idempotency-Key', 'RateLimit-Remaining', 'Retry-After', '"scheme":"bearer"'])
      expect(document).toContain(word)
  })
})
