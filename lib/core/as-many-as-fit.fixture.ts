import { env } from './env'

/**
 * Does something for each of many that come at once, as many at a time as this process has connections to the database:
 * more changes than that are never under way together. Whoever waits ten seconds for a connection is turned away, and the
 * worker does it again; on a loaded machine that would be the last of a crowd, whatever the test asks of them.
 * @returns what each came to, in their order
 */
export async function asManyAsFit<I, O>(given: Iterable<I>, does: (one: I) => Promise<O>): Promise<readonly O[]> {
  const line = [...given].entries()
  const done: O[] = []
  const work = async () => {
    // All take from one line.
    for (const [n, one] of line) done[n] = await does(one)
  }
  await Promise.all(Array.from({ length: env().DATABASE_POOL }, work))
  return done
}
