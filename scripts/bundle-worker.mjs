import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { at } from './place.mjs'
import { hashOf } from './stamp.mjs'

const sources = ['worker', 'lib', 'scripts/bundle-worker.mjs', 'tsconfig.json', 'package-lock.json']
const isTest = (file) => /\.(test|fixture|test-data)\.tsx?$/.test(file)
const folder = at('.worker')
const stamp = at('.worker/sources')

/** What stays outside: native code, and packages that read their own files, must be the only one of their kind, or are large and seldom wanted. */
const external = [
  '@node-rs/argon2',
  '@opentelemetry/*',
  'bullmq',
  'bullmq-otel',
  'ioredis',
  'pg-native',
  'sharp',
  'unpdf',
]

/** CommonJS inside wants these; the names are ours alone, so that they meet no other. */
const banner = `
import { createRequire as posthornRequire } from 'node:module'
import { fileURLToPath as posthornPath } from 'node:url'
const require = posthornRequire(import.meta.url)
const __filename = posthornPath(import.meta.url)
const __dirname = posthornPath(new URL('.', import.meta.url))`

/**
 * Puts the worker and what it imports into one file, unless that is of the sources as they are: to find, read and
 * translate a thousand modules takes three seconds of a processor at each start, and this half of one.
 * @returns the file.
 */
export async function bundleWorker() {
  const file = at('.worker/index.mjs')
  const hash = hashOf(sources, { without: isTest })
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return file
  // The packages are there only after the first step of a first start.
  const { build } = await import('esbuild')
  mkdirSync(folder, { recursive: true })
  const made = `${file}.${process.pid}`
  await build({
    entryPoints: [at('worker/index.ts')],
    outfile: made,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external,
    banner: { js: banner },
    // Functions are found by their names in a stack.
    keepNames: true,
    logLevel: 'warning',
  })
  // At once, so that nobody starts half of it.
  renameSync(made, file)
  writeFileSync(stamp, hash)
  return file
}
