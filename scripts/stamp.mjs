import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { at, root } from './place.mjs'

const filesUnder = (file) => {
  if (!existsSync(file)) return []
  if (!statSync(file).isDirectory()) return [file]
  return readdirSync(file, { withFileTypes: true })
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap(({ name }) => filesUnder(path.join(file, name)))
}

/** One hash of the paths and the contents of files and folders, named from the project folder. */
export function hashOf(names, { without = () => false } = {}) {
  const hash = createHash('sha256')
  for (const file of names.flatMap((name) => filesUnder(at(name)))) {
    const name = path.relative(root, file)
    if (!without(name)) hash.update(name).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}
