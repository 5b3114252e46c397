import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes longest, the longest first. It waits for networks and for processes that are killed more than it computes. */
const slow = [
  'bench/torture/replies',
  'bench/torture/torture',
  'bench/torture/uploads',
  'sandbox/faults',
  'lib/platforms/contract-trouble',
  'bench/bench',
  'lib/posts/publish/preparing',
  'bench/torture/answer-files',
  'scripts/product',
]
/** Beside one that waits, others keep the processors busy. */
const between = 7

/** Also on a fresh clone, where nobody knows yet how long each takes, so that nothing slow runs alone at the end. */
class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const placeOf = ({ moduleId }: TestSpecification) => slow.findIndex((name) => moduleId.includes(`/${name}.test.`))
    const long = sorted.filter((file) => placeOf(file) >= 0).sort((a, b) => placeOf(a) - placeOf(b))
    const rest = sorted.filter((file) => placeOf(file) < 0)
    const mixed = long.flatMap((file, n) => [file, ...rest.slice(n * between, (n + 1) * between)])
    return [...mixed, ...rest.slice(long.length * between)]
  }
}

const include = '{lib,worker,sandbox,app,components,scripts,bench}/**/*.test.{ts,tsx}'
/** What is for the whole process, and for good: tracing patches packages, and two undicis share one dispatcher. */
const apart = ['worker/trace.test.ts', 'sandbox/discord/discord.test.ts']

export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js` },
  },
  test: {
    globalSetup: './scripts/vitest-server.mjs',
    setupFiles: ['./scripts/vitest-database.mjs'],
    // Deadlines say that something never comes, not how fast it should: a loaded machine must not miss them.
    // A loaded machine may miss a deadline once; what fails twice is broken.
    retry: process.env.CI ? 1 : 0,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Tests wait for one another and for networks as often as they compute: one more than the usual two cores keeps both busy.
    maxWorkers: 3,
    sequence: { sequencer: SlowFirst },
    projects: [
      // Starting a process and loading packages takes longer than most files do, so those that follow one another share it.
      { extends: true, test: { name: 'shared', isolate: false, include: [include], exclude: apart } },
      { extends: true, test: { name: 'apart', include: apart } },
    ],
  },
})
