/** Writes lib/platforms/adapters.ts, so that a network is one line: the one in networks.ts. */
import { readFileSync, writeFileSync } from 'node:fs'
import { at } from './place.mjs'

const file = at('lib/platforms/adapters.ts')
const named = /^export \{ about as (\w+) \} from '\.\/\w+\/about'$/gm

/** What the file says when it is current. */
export function adapters() {
  const names = [...readFileSync(at('lib/platforms/networks.ts'), 'utf8').matchAll(named)].map(([, name]) => name)
  return [
    '/** The adapter of every network of networks.ts. Written from there by scripts/adapters.mjs; not to be edited. */',
    ...names.map((name) => `export { ${name} } from './${name}'`),
    '',
  ].join('\n')
}

/** Leaves a file alone that is current: a watcher would take it for changed. */
export function writeAdapters() {
  const text = adapters()
  if (readFileSync(file, 'utf8') !== text) writeFileSync(file, text)
}
