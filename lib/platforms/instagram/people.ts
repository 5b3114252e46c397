import { wordsOf, type OptionForm, type OptionValues } from '../options'

/** Somebody in a picture or film: on a picture with a place, as shares of its width and height from the upper left corner. */
export type UserTag = { readonly username: string; readonly x?: number; readonly y?: number }

const share = String.raw`(0|1|0?\.\d+|1\.0+)`
/** A name alone, or with its place: `rosa`, `rosa 0.3 0.7`. */
export const personForm: OptionForm = {
  pattern: String.raw`@?([A-Za-z0-9._]{1,30})(?:\s+${share}\s+${share})?`,
  wants: 'a name, or a name and its place, as in rosa 0.3 0.7',
}
const form = new RegExp(`^${personForm.pattern}$`, 'u')
/** Where a picture wants a place and nobody named one. */
const middle = { x: 0.5, y: 0.5 }

/** Who was said to be in it. What is no name goes as it was written, for Instagram to refuse: nobody is left out in silence. */
export const peopleIn = (chosen: OptionValues | undefined, isFilm: boolean): readonly UserTag[] =>
  wordsOf(chosen?.people).map((entry) => {
    const [, username = entry, x, y] = form.exec(entry) ?? []
    if (isFilm) return { username }
    return { username, ...(x === undefined ? middle : { x: Number(x), y: Number(y) }) }
  })
