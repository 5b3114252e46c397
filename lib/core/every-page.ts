const atOnce = 500

/**
 * All rows of a list, however many there are, read in pages by their id.
 * @param page reads `take` rows with an id after `after`, in the order of their ids
 */
export async function everyPage<Row extends { readonly id: string }>(
  page: (after: string, take: number) => PromiseLike<readonly Row[]>,
): Promise<readonly Row[]> {
  const rows = [...(await page('', atOnce))]
  for (let last = rows.at(atOnce - 1); last;) {
    const more = await page(last.id, atOnce)
    rows.push(...more)
    last = more.at(atOnce - 1)
  }
  return rows
}
