/** Next takes 1 MB from a browser's action; a character may be 3 bytes, and marks are escaped. */
const mostCharacters = 200_000

/** Rows in their order, in parts that one request takes. A row that is longer than a part goes by itself. */
export function partsOf<Row>(rows: readonly Row[], atOnce: number): readonly (readonly Row[])[] {
  const parts: Row[][] = []
  let characters = 0
  for (const row of rows) {
    const more = JSON.stringify(row).length
    const last = parts.at(-1)
    if (last && last.length < atOnce && characters + more <= mostCharacters) {
      last.push(row)
      characters += more
    } else {
      parts.push([row])
      characters = more
    }
  }
  return parts
}
