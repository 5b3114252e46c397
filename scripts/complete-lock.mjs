/**
 * `node scripts/complete-lock.mjs`, after each change of package-lock.json.
 * A registry that lacks the optional binaries of other systems makes npm leave them out of the lock, and `npm ci` then
 * refuses it ("Missing: @next/swc-darwin-arm64 from lock file"). This adds an entry for each, and takes out addresses
 * of downloads, so that the lock works with any registry.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { at } from './place.mjs'

/** The systems a package is for, from its name: `@next/swc-linux-arm64-gnu`. */
function systemsOf(name) {
  const found =
    /-(android|darwin|freebsd|linux|openharmony|win32|windows|wasm32)(?:-(arm64|x64|arm|ia32|ppc64|riscv64|s390x|wasi))?(?:-|$)/.exec(
      name,
    )
  if (!found) return {}
  const [, os, cpu = 'x64'] = found
  if (os === 'wasm32') return { cpu: ['wasm32'] }
  return { os: [os === 'windows' ? 'win32' : os], cpu: [cpu === 'wasi' ? 'wasm32' : cpu] }
}

/** @returns the lock with every optional dependency in it and no addresses. Doing it twice changes nothing. */
export function completed(lock) {
  const packages = structuredClone(lock.packages)
  for (const entry of Object.values(packages)) delete entry.resolved
  const present = new Set(
    Object.keys(packages).map((place) => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length)),
  )
  for (const { optionalDependencies = {} } of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (present.has(name)) continue
      present.add(name)
      packages[`node_modules/${name}`] = { version: version.replace(/^[\^~]/, ''), optional: true, ...systemsOf(name) }
    }
  }
  return {
    ...lock,
    packages: Object.fromEntries(Object.entries(packages).sort(([one], [other]) => (one < other ? -1 : 1))),
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = at('package-lock.json')
  const before = readFileSync(file, 'utf8')
  const after = `${JSON.stringify(completed(JSON.parse(before)), null, 2)}\n`
  if (after !== before) writeFileSync(file, after)
  console.log(after === before ? 'The lock is complete.' : 'The lock was completed.')
}
