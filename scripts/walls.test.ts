import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import extractDepcruiseConfig from 'dependency-cruiser/config-utl/extract-depcruise-config'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const home = path.resolve(import.meta.dirname, '..')
const places = ['app', 'components', 'lib', 'worker', 'sandbox', 'bench', 'e2e', 'prisma', 'scripts']

/** Every file of the tree that the walls are about, whether or not git knows it. */
const sources = places.flatMap((place) =>
  existsSync(path.join(home, place))
    ? readdirSync(path.join(home, place), { recursive: true, encoding: 'utf8' })
        .map((file) => `${place}/${file}`)
        .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !/^lib\/core\/prisma\/|node_modules|^e2e\/bluesky/.test(file))
    : [],
)

type Breach = { readonly why: string; readonly file: string; readonly code: string; readonly rule: string }

/** A named import, used, so that nothing is thrown away before it is seen. */
const imports = (from: string, name = 'x') =>
  `import { ${name} as breach } from '${from}'\nexport const broken = breach\n`

let files = 0
const breach = (why: string, folder: string, from: string, rule: string, name?: string): Breach => ({
  why,
  file: `${folder}/breach-${files++}.ts`,
  code: imports(from, name),
  rule,
})

const breaches: readonly Breach[] = [
  breach('core imports a room', 'lib/core', '@/lib/posts', 'core-imports-nothing'),
  breach('core imports a network', 'lib/core', '@/lib/platforms', 'core-imports-nothing'),
  breach('core imports the sandbox', 'lib/core', '@/sandbox/index', 'core-imports-nothing'),
  breach('an adapter imports a room', 'lib/platforms/x', '@/lib/posts', 'platforms-know-only-core'),
  breach('an adapter imports the workspace', 'lib/platforms/x', '@/lib/workspace', 'platforms-know-only-core'),
  breach('the contract imports the workspace', 'lib/platforms', '@/lib/workspace', 'platforms-know-only-core'),
  breach('an adapter imports the sandbox', 'lib/platforms/x', '@/sandbox/index', 'platforms-know-only-core'),
  breach('an adapter imports the database', 'lib/platforms/x', '@/lib/core/db', 'platforms-touch-no-database'),
  breach('an adapter imports the queue', 'lib/platforms/x', '@/lib/core/queue', 'platforms-touch-no-database'),
  breach('an adapter imports another', 'lib/platforms/bluesky', '../x', 'one-platform-ignores-another'),
  breach('text counting reads the settings', 'lib/platforms/text', '@/lib/core/env', 'text-is-pure'),
  breach('text counting opens a file', 'lib/platforms/text', 'node:fs', 'text-needs-no-server'),
  {
    why: 'what screens know of a network leads to its adapter',
    file: 'lib/platforms/x/about.ts',
    code: imports('./limits', 'limits'),
    rule: 'text-is-pure',
  },
  breach('a text’s meaning depends on the settings', 'lib/language', '@/lib/core/env', 'language-is-pure'),
  breach('the product reads what it was trained on', 'lib/language', './training/data', 'language-is-pure'),
  breach('a text’s meaning is read from a file', 'lib/language', 'node:fs', 'language-needs-no-server'),
  breach('a room reaches into an adapter', 'lib/posts', '@/lib/platforms/x', 'networks-by-their-door'),
  breach('a page reaches into an adapter', 'app', '@/lib/platforms/x', 'networks-by-their-door'),
  breach('a component imports an adapter', 'components/posts', '@/lib/platforms/x', 'networks-by-their-door'),
  breach(
    'a component imports the networks',
    'components/posts',
    '@/lib/platforms',
    'components-see-schemas-and-actions',
  ),
  breach('a room looks up a floor', 'lib/accounts', '@/lib/posts', 'accounts-looks-down-only'),
  breach('the workspace looks up a floor', 'lib/workspace', '@/lib/accounts', 'workspace-looks-down-only'),
  breach('a room looks across its floor', 'lib/inbox', '@/lib/posts', 'inbox-looks-down-only'),
  breach('what sends knows what is sent', 'lib/sending', '@/lib/posts', 'sending-looks-down-only'),
  breach('a room looks up for a type only', 'lib/accounts', '@/lib/posts/schema', 'accounts-looks-down-only'),
  breach('a room has no floor', 'lib/gossip', '@/lib/core/result', 'every-room-has-a-floor', 'ok'),
  breach('a room climbs through a window', 'lib/posts', '@/lib/accounts/connect', 'enter-by-the-door'),
  breach('a room climbs into the workspace', 'lib/posts', '@/lib/workspace/context', 'enter-by-the-door'),
  breach('a room imports a screen', 'lib/posts', '@/components/posts/composer', 'rooms-know-no-screen'),
  breach('a room imports the worker', 'lib/posts', '@/worker/routes', 'rooms-know-no-screen'),
  breach('a room uses the raw database', 'lib/posts', '@/lib/core/db', 'raw-database-stays-home'),
  breach('a room uses the generated client', 'lib/posts', '@/lib/core/prisma/client', 'raw-database-stays-home'),
  breach('a page uses the raw database', 'app', '@/lib/core/db', 'raw-database-stays-home'),
  breach('the worker uses the raw database', 'worker', '@/lib/core/db', 'raw-database-stays-home'),
  breach('a room brings its own driver', 'lib/posts', 'pg', 'no-second-road-to-the-database'),
  breach('a room makes its own client', 'lib/posts', '@prisma/client', 'no-second-road-to-the-database'),
  breach('a route handler enqueues past the workspace', 'app', 'bullmq', 'jobs-go-through-core'),
  breach('a room acts as the system', 'lib/posts', '@/lib/workspace/system', 'only-the-worker-is-the-system'),
  breach('a route handler acts as the system', 'app/api', '@/lib/workspace/system', 'only-the-worker-is-the-system'),
  breach('the worker asks for a session', 'worker', '@/lib/workspace/session', 'only-the-app-has-sessions'),
  breach('a room asks for a session', 'lib/posts', '@/lib/workspace/session', 'only-the-app-has-sessions'),
  breach('a page makes an action', 'app', '@/lib/workspace/action', 'actions-are-made-in-actions'),
  breach('a component imports an operation', 'components/posts', '@/lib/posts', 'components-see-schemas-and-actions'),
  breach('a component imports a page', 'components/posts', '@/app/layout', 'components-see-schemas-and-actions'),
  breach('a component reads the settings', 'components/posts', '@/lib/core/env', 'components-see-schemas-and-actions'),
  breach('a ui primitive knows a room', 'components/ui', '@/lib/posts/schema', 'ui-knows-no-product'),
  { ...breach('a schema reaches the queue', 'lib/posts', './jobs', 'schemas-stay-light'), file: 'lib/posts/schema.ts' },
  breach('a page climbs through a window', 'app', '@/lib/posts/publish/publish', 'screens-use-the-door'),
  breach('the worker climbs through a window', 'worker', '@/lib/posts/publish/publish', 'screens-use-the-door'),
  breach('the worker imports next', 'worker', 'next/headers', 'worker-has-no-browser', 'cookies'),
  breach('the worker imports an action', 'worker', '@/lib/workspace/actions', 'worker-has-no-browser'),
  breach('a page runs a job', 'app', '@/worker/routes', 'app-runs-no-jobs'),
  breach('the sandbox imports an adapter', 'sandbox/x', '@/lib/platforms/x', 'sandbox-knows-nothing-of-us'),
  breach('the sandbox imports core', 'sandbox/core', '@/lib/core/result', 'sandbox-knows-nothing-of-us'),
  breach('a room imports the sandbox', 'lib/accounts', '@/sandbox/index', 'product-knows-no-sandbox'),
  breach('the worker imports the sandbox', 'worker', '@/sandbox/index', 'product-knows-no-sandbox'),
  breach('a program imports a test', 'scripts', './walls.test', 'nobody-imports-a-test'),
  breach('a room needs a development tool', 'lib/posts', 'fast-check', 'product-needs-no-tools'),
  breach('an import leads nowhere', 'lib/posts', './not-there', 'imports-lead-somewhere'),
  {
    why: 'a test climbs into another room',
    file: 'lib/posts/breach.test.ts',
    code: imports('@/lib/accounts/connect'),
    rule: 'tests-know-their-own-room',
  },
  { why: 'two files need each other', file: 'lib/core/egg.ts', code: imports('./hen'), rule: 'no-cycles' },
  { why: 'nobody imports a file', file: 'lib/core/lonely.ts', code: 'export const alone = true\n', rule: 'no-orphans' },
]

/** What the breaches lead to, so that they can be seen on a tree where a room is still to come. */
const targets = [
  'lib/posts/index',
  'lib/posts/schema',
  'lib/posts/publish/publish',
  'lib/posts/jobs',
  'lib/accounts/index',
  'lib/accounts/connect',
]
const otherTargets = [
  'lib/platforms/bluesky/index',
  'components/posts/composer',
  'app/layout',
  'worker/routes',
  'lib/workspace/actions',
]

// Inside the project, so that packages are found by walking up; ignored by git.
mkdirSync(path.join(home, '.test'), { recursive: true })
const copy = mkdtempSync(path.join(home, '.test', 'walls-'))
afterAll(() => rmSync(copy, { recursive: true, force: true }))

const put = (file: string, code: string) => {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true })
  appendFileSync(path.join(copy, file), `\n${code}`)
}
const stands = (file: string) => ['.ts', '.tsx'].some((end) => existsSync(path.join(copy, file + end)))

async function violations(folder: string): Promise<ICruiseResult> {
  const before = process.cwd()
  process.chdir(folder)
  try {
    const config = await extractDepcruiseConfig(path.join(home, '.dependency-cruiser.mjs'))
    const found = [...places, 'proxy.ts', 'instrumentation.ts'].filter((place) => existsSync(place))
    const { output } = await cruise(
      found,
      { ...config.options, ruleSet: config, validate: true, baseDir: folder },
      undefined,
      { tsConfig: extractTSConfig('tsconfig.json') },
    )
    if (typeof output === 'string') throw new Error(output)
    return output
  } finally {
    process.chdir(before)
  }
}

let seen: ICruiseResult

beforeAll(async () => {
  for (const file of ['package.json', 'tsconfig.json', 'proxy.ts', 'instrumentation.ts', ...sources]) {
    if (existsSync(path.join(home, file))) cpSync(path.join(home, file), path.join(copy, file))
  }
  for (const file of [...targets, ...otherTargets]) if (!stands(file)) put(`${file}.ts`, 'export const x = 1\n')
  for (const { file, code } of breaches) put(file, code)
  put('lib/core/hen.ts', imports('./egg', 'broken'))
  // The generated client is not copied: naming it is the breach.
  mkdirSync(path.join(copy, 'lib/core/prisma'), { recursive: true })
  writeFileSync(
    path.join(copy, 'lib/core/prisma/client.ts'),
    'export class PrismaClient {}\nexport const Prisma = {}\nexport const x = 1\n',
  )
  seen = await violations(copy)
}, 120_000)

describe('each deliberate breach is caught by the wall meant for it', () => {
  test.each(breaches)('$why', ({ file, rule }) => {
    const caught = seen.summary.violations.filter(({ from }) => from === file).map((violation) => violation.rule.name)
    expect(caught, `${file} broke through`).toContain(rule)
  })
})

test('every wall is broken by some breach', () => {
  const walls = new Set(breaches.map(({ rule }) => rule))
  const untried = (seen.summary.ruleSetUsed?.forbidden ?? [])
    .map(({ name }) => name ?? '')
    .filter((name) => !walls.has(name) && !name.endsWith('-looks-down-only'))
  expect(untried).toEqual([])
})

test('the cruise saw every file: a tool that cannot read TypeScript sees none and says nothing', () => {
  const cruised = new Set(seen.modules.map(({ source }) => source))
  expect(sources.filter((file) => !cruised.has(file))).toEqual([])
  expect(sources.length).toBeGreaterThan(100)
})
