import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Network } from './core/network'

const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(path.join(import.meta.dirname, entry.name, 'index.ts')))
  .map(({ name }) => name)

/** The network of a folder, if it is one. */
async function networkIn(folder: string): Promise<readonly Network[]> {
  // A folder's index.ts exports its network by the folder's name, or is none: that is how a network is known here.
  const found = (await import(`./${folder}/index.ts`)) as Readonly<Record<string, Network | undefined>>
  return found[folder] ? [found[folder]] : []
}

/** Every network that is imitated, in the order of their ports: whatever folder exports one. */
export const networks: readonly Network[] = (await Promise.all(folders.map(networkIn)))
  .flat()
  .toSorted((a, b) => a.port - b.port)

for (const [i, { name, port }] of networks.entries())
  if (networks[i + 1]?.port === port)
    throw new Error(
      `${name} and ${networks[i + 1]?.name} both say that their port is ${port}: give the newer one the next free number.`,
    )
