import type { OptionValues } from '../platform'

/** Somebody in a picture or film: on a picture with a place, as shares of its width and height from the upper left corner. */
export type UserTag = { readonly username: string; readonly x?: number; readonly y?: number }

const share = String.raw`(0|1|0?\.\d+|1\.0+)`
/** A name alone, or with its place: `rosa`, `rosa 0.3 0.7`. */
const form = new RegExp(String.raw`^@?([a-z0-9._]{1,30})(?:\s+${share}\s+${share})?$`, 'i')
/** Where a picture wants a place and nobody named one. */
const middle = { x: 0.5, y: 0.5 }

/** Who was said to be in it; what is no name stays out, and is for `wrongPeople` to say. */
export function peopleIn(chosen: OptionValues | undefined, isFilm: boolean): readonly UserTag[] {
  return entries(chosen).flatMap((entry) => {
    const [, username, x, y] = form.exec(entry) ?? []
    if (!username) return []
    if (isFilm) return [{ username }]
    return [{ username, ...(x === undefined ? middle : { x: Number(x), y: Number(y) }) }]
  })
}

/** What cannot be understood, as it was written. */
export const wrongPeople = (chosen: OptionValues | undefined): readonly string[] =>
  entries(chosen).filter((entry) => !form.test(entry))

const entries = (chosen: OptionValues | undefined): readonly string[] => {
  const said = chosen?.people
  return typeof said === 'object' ? said.map((entry) => entry.trim()).filter((entry) => entry !== '') : []
}
