import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp'

/** What cameras make, and more than any network takes. A small file may unfold to much more, and take the memory for it. */
export const mostPixels = 110_000_000

/** A picture from outside, to be read by sharp. Reading its pixels throws where there are more than `mostPixels`. */
export const openPicture = (picture: Buffer | string, options: SharpOptions = {}): Sharp =>
  sharp(picture, { ...options, limitInputPixels: mostPixels })

/** What its header says of it, however large it is. */
export const headerOf = (picture: string): Promise<Metadata> => sharp(picture, { limitInputPixels: false }).metadata()

let last: Promise<unknown> = Promise.resolve()

/** Unfolds pictures one after the other: each takes some hundred megabytes, and the threads that files and names wait for. */
export function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work)
  // Whoever asked hears of a failure; the next in turn need not.
  last = mine.catch(() => undefined)
  return mine
}
