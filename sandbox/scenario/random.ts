import { createHash } from 'node:crypto'

/** Numbers from 0 to 1 that are the same for the same seed, on every machine. */
export function randomFrom(seed: string): () => number {
  let block = Buffer.alloc(0)
  let at = 0
  let round = 0
  return () => {
    if (at + 4 > block.length) {
      block = createHash('sha256').update(`${seed}:${round}`).digest()
      at = 0
      round += 1
    }
    const number = block.readUInt32BE(at) / 2 ** 32
    at += 4
    return number
  }
}

/** One of a list; throws when it is empty. */
export function oneOf<T>(random: () => number, list: readonly T[]): T {
  const found = list[Math.floor(random() * list.length)]
  if (found === undefined) throw new Error('There is nothing to choose from')
  return found
}

/** One of the names of a record of weights. */
export function byWeight<Name extends string>(random: () => number, weights: Readonly<Record<Name, number>>): Name {
  const entries = Object.entries<number>(weights)
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [name, weight] of entries) {
    left -= weight
    // The entries of a record keep its names.
    if (left < 0) return name as Name
  }
  throw new Error('The weights are all nothing')
}
