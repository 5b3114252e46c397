import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { at } from './place.mjs'
import { run } from './run.mjs'
import { hashOf } from './stamp.mjs'

const sources = [
  'app',
  'components',
  'lib',
  'public',
  'proxy.ts',
  'instrumentation.ts',
  'next.config.ts',
  'postcss.config.mjs',
  'tsconfig.json',
  'tsconfig.next.json',
  'package-lock.json',
]
const isTest = (file) => /\.test\.tsx?$/.test(file) || file.endsWith('.DS_Store')

/** Changes whenever a build would come out differently. */
export const sourcesHash = () => hashOf(sources, { without: isTest })

const stampOf = (folder) => path.join(at(folder), 'posthorn-sources')

/** Whether the build in this folder is of the sources as they are now. */
export const isBuilt = (folder, hash = sourcesHash()) =>
  existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === hash

/** Builds the web into `folder` (`.next`, `.next-test`) unless it is built. @returns what it did, in a few words. */
export async function build(folder) {
  const hash = sourcesHash()
  if (isBuilt(folder, hash)) return 'nothing changed'
  // A build that is cut off must not be taken for a whole one.
  rmSync(stampOf(folder), { force: true })
  await run([at('node_modules/next/dist/bin/next'), 'build'], {
    env: { POSTHORN_DIST: folder, NODE_ENV: 'production', DATABASE_URL: '' },
  })
  writeFileSync(stampOf(folder), hash)
  return ''
}

/** A build of the sources as they are: the product's own where it is one, otherwise the tests'. @returns its folder. */
export async function buildForTests() {
  if (isBuilt('.next')) return '.next'
  await build('.next-test')
  return '.next-test'
}
