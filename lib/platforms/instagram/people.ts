import { fits, ofFile, wordsOf, type OfFiles, type OptionForm, type OptionValues } from '../options'

/** Somebody in a picture or film: on a picture with a place, as shares of its width and height from the upper left corner. */
export type UserTag = { readonly username: string; readonly x?: number; readonly y?: number }

const share = String.raw`(0|1|0?\.\d+|1\.0+)`
/** A name alone, or with its place: `rosa`, `rosa 0.3 0.7`. */
const person = String.raw`@?([A-Za-z0-9._]{1,30})(?:\s+${share}\s+${share})?`
/** In another file than the first with its number: `2: rosa 0.3 0.7`. */
export const personForm: OptionForm = {
  pattern: String.raw`(?:[1-9]\d?\s*:\s*)?${person}`,
  wants: 'a name, as in rosa, rosa 0.3 0.7 or 2: rosa',
}
/**
 * Of a carousel the pictures alone: “User tags can be used with images in carousels”
 * (developers.facebook.com/docs/instagram-api/guides/content-publishing, through a mirror, read 2026-11-26).
 */
export const personIn: OfFiles = { formats: ['post'], kind: 'image' }

/** Where a picture wants a place and nobody named one. */
const middle = { x: 0.5, y: 0.5 }

/** Who was said to be in which file, from 1. */
export const peopleSaid = (chosen: OptionValues | undefined) => wordsOf(chosen?.people).map(ofFile)

/** Who was said to be in it. What is no name goes as it was written, for Instagram to refuse: nobody is left out in silence. */
export const peopleIn = (
  chosen: OptionValues | undefined,
  { file, isFilm }: { readonly file: number; readonly isFilm: boolean },
): readonly UserTag[] =>
  peopleSaid(chosen).flatMap((said) => {
    if (said.file !== file) return []
    const [, username = said.says, x, y] = fits({ pattern: person }, said.says) ?? []
    if (isFilm) return [{ username }]
    return [{ username, ...(x === undefined ? middle : { x: Number(x), y: Number(y) }) }]
  })
