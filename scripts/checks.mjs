import { existsSync, readFileSync, rmSync } from 'node:fs'
import { installNetwork, isNetworkInstalled } from './bluesky-network.mjs'
import { buildForTests } from './build.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureFfmpeg } from './ffmpeg.mjs'
import { at } from './place.mjs'
import { startRedis } from './redis.mjs'
import { run } from './run.mjs'

const tool = (place) => at('node_modules', place)

/** Counts as one: it went well or it did not. */
const one = async (args, options) => {
  const { code, output } = await run(args, { mayFail: true, ...options })
  return { ...(code === 0 ? { passed: 1 } : { failed: 1 }), output }
}

/** By its own place: the older one, which tools read types with, takes its name in node_modules/.bin. */
const compiler = tool('typescript7/bin/tsc')

const bin = (name) => ({ command: at('node_modules/.bin', name) })

/** Where a cruiser that cannot read TypeScript would see nothing, and find nothing wrong. */
const fewestModules = 100

async function walls() {
  const result = await one(
    ['app', 'components', 'lib', 'worker', 'sandbox', '--config', '.dependency-cruiser.mjs'],
    bin('depcruise'),
  )
  const cruised = Number(/(\d+) modules/.exec(result.output)?.[1] ?? 0)
  if (result.passed && cruised < fewestModules)
    return { failed: 1, output: `${result.output}\nOnly ${cruised} modules were looked at.` }
  return { ...result, note: `${cruised} modules` }
}

const reportOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)

async function vitest(name, filters, env = {}) {
  const file = at(`.test/checks/${name}.json`)
  const again = at(`.test/checks/${name}.again.json`)
  for (const old of [file, again]) rmSync(old, { force: true })
  const args = [
    tool('vitest/vitest.mjs'),
    'run',
    ...filters,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${at('scripts/second-tries.mjs')}`,
    `--outputFile.json=${file}`,
  ]
  const { code, output } = await run(args, { mayFail: true, env: { NO_COLOR: '1', SECOND_TRIES: again, ...env } })
  const report = reportOf(file)
  const passed = report?.numPassedTests ?? 0
  const failed = report?.numFailedTests ?? 0
  // A file that cannot be loaded fails without a test of its own; and where nothing ran, nothing is known to be well.
  return {
    passed,
    failed: code === 0 && passed > 0 ? 0 : Math.max(failed, 1),
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    again: reportOf(again) ?? [],
    output,
  }
}

async function unit() {
  const note = (await ensureFfmpeg()) ? undefined : 'without ffmpeg, so that what it does to videos was skipped'
  return { ...(await vitest('unit', [], { REDIS_URL: '' })), note }
}

/**
 * Whatever would notice that the queue is another: itself, what puts posts, answers, mail and webhooks on it and takes
 * them off, sending with its fences, and a short torture of it. Most other tests only close it.
 */
const onTheQueue = [
  'lib/core/queue',
  'lib/core/realtime',
  'lib/core/rate',
  'worker/',
  'lib/posts/publish/echo',
  'lib/posts/publish/fencing',
  'lib/posts/publish/preparing',
  'lib/posts/publish/sending',
  'lib/posts/times/scheduling',
  'lib/inbox/answer/',
  'lib/media/work',
  'lib/webhooks/deliver',
  'lib/workspace/mail',
  'lib/workspace/redis-away',
  'webhooks/platform/[platform]/receive',
  'bench/torture/torture',
]

/** What stands on the queue, once more on the other backend. */
async function onRedis() {
  const redis = await startRedis()
  if (!redis) return { skipped: 1, note: 'skipped: there is no redis-server, and apt could not install it', output: '' }
  try {
    return await vitest('redis', onTheQueue, {
      REDIS_URL: redis.url,
    })
  } finally {
    await redis.stop()
  }
}

/** Bluesky's own servers are a big download, so it is made only on request. */
async function onBluesky() {
  if (!isNetworkInstalled()) {
    if (process.env.POSTHORN_BLUESKY !== '1')
      return {
        skipped: 1,
        note: 'skipped: its servers are not installed; `npm run test:bluesky` does that',
        output: '',
      }
    await installNetwork()
  }
  return vitest('bluesky', ['--config', at('bluesky-network/vitest.config.ts')], { REDIS_URL: '' })
}

/** Looked for or made once for all that need it. */
let chromiumFound
let built

/** The journeys of one Playwright project, on a product of their own. */
async function journeys(project) {
  const [chromium] = await Promise.all([(chromiumFound ??= ensureChromium()), (built ??= buildForTests())])
  const file = at(`.test/checks/${project}.json`)
  rmSync(file, { force: true })
  const args = [tool('@playwright/test/cli.js'), 'test', `--project=${project}`, '--reporter=list,json']
  const { code, output } = await run(args, {
    mayFail: true,
    env: { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: file, NO_COLOR: '1', POSTHORN_E2E: project },
  })
  const report = reportOf(file)
  const stats = report?.stats
  const passed = (stats?.expected ?? 0) + (stats?.flaky ?? 0)
  const failed = stats?.unexpected ?? 0
  return {
    passed,
    failed: code === 0 && passed > 0 ? 0 : Math.max(failed, 1),
    skipped: stats?.skipped ?? 0,
    again: flakyIn(report?.suites ?? []),
    output,
  }
}

/** Journeys that went well only at a second try. */
const flakyIn = (suites) =>
  suites.flatMap(({ specs = [], suites: inner = [] }) => [
    ...specs.filter(({ tests }) => tests.some(({ status }) => status === 'flaky')).map(({ title }) => title),
    ...flakyIn(inner),
  ])

/** Each gives how many passed, failed and were skipped, and what was written. */
export const checks = {
  types: { title: 'types', run: () => one([compiler, '--noEmit']) },
  lint: { title: 'lint', run: () => one(['--deny-warnings'], bin('oxlint')) },
  format: { title: 'format', run: () => one(['--check', '.'], bin('oxfmt')) },
  walls: { title: 'walls', run: walls },
  unused: { title: 'unused code', run: () => one([], bin('knip')) },
  unit: { title: 'tests', run: unit },
  redis: { title: 'queue, sending and torture on Redis', run: onRedis },
  bluesky: { title: 'Bluesky’s own servers', run: onBluesky },
  build: { title: 'build', run: async () => ({ passed: 1, note: await buildForTests() }) },
  desktop: { title: 'journeys on a desktop', run: () => journeys('desktop') },
  phone: { title: 'journeys on a phone', run: () => journeys('phone') },
  apart: { title: 'all pages on a desktop, webhooks, and stopping', run: () => journeys('apart') },
}

/**
 * One group after the other. In each, what runs side by side on two cores: of those that keep one busy, or wait for
 * networks, two at a time; and what follows one of them.
 */
export const groups = [
  [['types'], ['lint'], ['format'], ['walls'], ['unused']],
  [['unit']],
  [['redis'], ['bluesky'], ['build']],
  [['desktop'], ['phone', 'apart']],
]
