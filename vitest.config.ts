import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** What takes minutes begins first, on a fresh clone too, where nobody knows yet how long each takes: nothing then runs alone at the end. */
const slow = /\/(bench|sandbox\/faults|lib\/platforms\/contract|scripts\/product)/

class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isSlow = ({ moduleId }: TestSpecification) => slow.test(moduleId.slice(import.meta.dirname.length))
    return [...sorted.filter(isSlow), ...sorted.filter((file) => !isSlow(file))]
  }
}

export default defineConfig({
  resolve: {
    alias: { '@': import.meta.dirname, 'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js` },
  },
  test: {
    include: ['{lib,worker,sandbox,app,components,scripts,bench}/**/*.test.{ts,tsx}'],
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
  },
})
