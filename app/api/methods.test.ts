import { readdirSync, readFileSync } from 'node:fs'
import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { config, proxy } from '@/proxy'

const verbs = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
type Verb = (typeof verbs)[number]

const files = readdirSync('app/api', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('/route.ts') && !file.startsWith('[...'))
  .map((file) => `app/api/${file}`)

/** What a route file takes; what it only turns away is none of it. */
function takenBy(file: string): readonly Verb[] {
  const source = readFileSync(file, 'utf8')
  const own = source.matchAll(/^export (?:const|async function|function) (\w+)(?! = wrongMethod\b)\b/gm)
  const named = source.matchAll(/^export \{([^}]*)\}/gm)
  const names = [...own, ...named].flatMap(([, words = '']) =>
    words.split(',').map((word) => word.trim().split(' as ').at(-1)),
  )
  const taken = verbs.filter((verb) => names.includes(verb))
  // Next answers HEAD by GET.
  return taken.includes('GET') && !taken.includes('HEAD') ? [...taken, 'HEAD'] : taken
}

/** An address that the route serves. */
const pathOf = (file: string): string =>
  `/${file.replace(/^app\//, '').replace(/\/route\.ts$/, '')}`
    .replace(/\[\.\.\.\w+\]/g, 'a/b')
    .replace(/\[\w+\]/g, 'abc')

const [matcher = ''] = config.matcher
const goesPast = (path: string): boolean => !new RegExp(`^${matcher}$`).test(path)

async function answerTo(file: string, method: Verb): Promise<Response> {
  const url = new URL(pathOf(file), 'http://localhost:3000')
  if (!goesPast(url.pathname)) return proxy(new NextRequest(url, { method, headers: { host: 'localhost:3000' } }))
  // What Next would find in the route file itself; without one, its own bare 405.
  const route: Partial<Record<Verb, (request: Request, context: object) => Promise<Response>>> = await import(
    /* @vite-ignore */ `${process.cwd()}/${file}`
  )
  // Next answers HEAD by GET.
  const handler = route[method] ?? (method === 'HEAD' ? route.GET : undefined)
  return handler
    ? handler(new Request(url, { method }), { params: Promise.resolve({}) })
    : new Response(null, { status: 405 })
}

test('there are routes to ask, and some of them go past the proxy', () => {
  expect(files.length).toBeGreaterThan(80)
  expect(files.filter((file) => goesPast(pathOf(file))).toSorted()).toEqual([
    'app/api/inbox/import/route.ts',
    'app/api/media/route.ts',
    'app/api/media/uploads/[id]/route.ts',
  ])
})

test.each(files)(
  '%s: a method that is none of its own is refused in the envelope, with those that are',
  async (file) => {
    const taken = takenBy(file)
    expect(taken.length).toBeGreaterThan(0)
    for (const method of verbs.filter((verb) => !taken.includes(verb))) {
      const response = await answerTo(file, method)
      expect([method, response.status]).toEqual([method, 405])
      const allowed = (response.headers.get('allow') ?? '').split(', ')
      expect(allowed.toSorted()).toEqual([...taken, 'OPTIONS'].toSorted())
      expect(await response.json()).toEqual({
        error: {
          code: 'INVALID_INPUT',
          message: expect.stringMatching(/^.+ takes no [A-Z]+\. Send .+\.$/),
          timestamp: expect.any(String),
          requestId: response.headers.get('x-request-id'),
        },
      })
    }
  },
)

test('the methods of a route are let through to it', async () => {
  for (const file of files.filter((one) => !goesPast(pathOf(one))))
    for (const method of [...takenBy(file), 'OPTIONS'] as Verb[])
      expect([file, method, (await answerTo(file, method)).headers.get('x-middleware-next')]).toEqual([
        file,
        method,
        '1',
      ])
})

test('where nothing is, every method is told so by the route that says it', async () => {
  const url = 'http://localhost:3000/api/nowhere'
  for (const method of verbs)
    expect(proxy(new NextRequest(url, { method, headers: { host: 'localhost:3000' } })).status).toBe(200)
})
