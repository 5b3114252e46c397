/** So many of a list are looked at first, and then so many: what is common is found among these often enough. */
const lookedAt = [200, 2_000]
/** Where rarer things are found is looked up in an index, when it is in no more than this; else the list is walked on. */
const mostFound = 5_000
const walkedOn = [20_000, 200_000]

/** How a thing is looked for in conversations. Who finds `most` everywhere may have left some out. */
export type Finder = {
  readonly among: (ids: readonly string[]) => Promise<readonly string[]>
  readonly everywhere: (most: number) => Promise<readonly string[]>
}

/** Finds what both find. */
export const foundByBoth = (one: Finder, other: Finder): Finder => ({
  among: async (ids) => other.among(await one.among(ids)),
  async everywhere(most) {
    const found = await one.everywhere(most)
    if (found.length < most) return other.among(found)
    const rest = await other.everywhere(most)
    return rest.length < most ? one.among(rest) : rest
  },
})

/**
 * What narrows a list to the conversations in which something is found. The commoner it is the sooner a walk down the
 * list meets it, and the longer the list of all that have it: so it first walks a little, and asks the index only for
 * what is rare. What is common, but among the first 200,000 of the list hardly found, is listed as far as those go.
 * @param first the ids of so many of the list, from where the page begins
 */
export async function narrowedTo(
  { among, everywhere }: Finder,
  take: number,
  first: (some: number) => Promise<readonly string[]>,
): Promise<{ readonly id: { readonly in: string[] } }> {
  const walk = async (steps: readonly number[]) => {
    let found: string[] = []
    for (const some of steps) {
      const near = await first(some)
      const has = new Set(await among(near))
      found = near.filter((id) => has.has(id)).slice(0, take)
      if (found.length >= take || near.length < some) return { found, isAll: true }
    }
    return { found, isAll: false }
  }
  const near = await walk(lookedAt)
  if (near.isAll) return { id: { in: near.found } }
  const all = await everywhere(mostFound + 1)
  return { id: { in: all.length <= mostFound ? [...all] : (await walk(walkedOn)).found } }
}
