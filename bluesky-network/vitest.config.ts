import path from 'node:path'
import { defineConfig } from 'vitest/config'

const root = path.dirname(import.meta.dirname)

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { '@': root, 'server-only': `${root}/node_modules/server-only/empty.js` } },
  test: {
    include: ['*.test.ts'],
    globalSetup: [`${root}/scripts/vitest-server.mjs`, './vitest-network.mjs'],
    setupFiles: [`${root}/scripts/vitest-database.mjs`],
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // One network and a worker process beside each file: more at once would only wait for each other.
    maxWorkers: 1,
  },
})
