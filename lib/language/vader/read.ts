import { emoji } from './lexicon'
import { isUpper, lengthOf, runsOf } from './python'

/** A word, emoticon or emoji; `start` and `end` are its place in the text as given, in UTF-16 units. */
export type Token = { readonly word: string; readonly lower: string; readonly start: number; readonly end: number }

type Plain = { readonly text: string; readonly starts?: readonly number[]; readonly ends?: readonly number[] }

/** Writes emoji out in words. Where nothing is replaced, places are those of the text as given. */
function writeOutEmoji(given: string): Plain {
  if (!/[\u{80}-\u{10ffff}]/u.test(given)) return { text: given }
  let [text, at, afterSpace] = ['', 0, true]
  const [starts, ends]: [number[], number[]] = [[], []]
  const write = (written: string, end: number) => {
    text += written
    for (let n = 0; n < written.length; n++) {
      starts.push(at)
      ends.push(end)
    }
  }
  for (const character of given) {
    const description = emoji.get(character)
    const end = at + character.length
    if (description === undefined) {
      write(character, end)
      afterSpace = character === ' '
    } else {
      write(afterSpace ? description : ` ${description}`, end)
      afterSpace = false
    }
    at = end
  }
  return { text, starts, ends }
}

const punctuation = new Set('!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~')

/** Where a word is without the punctuation round it; an emoticon such as `:)` keeps all of it. */
function wordIn(run: string): readonly [number, number] {
  let [start, end] = [0, run.length]
  while (start < end && punctuation.has(run.charAt(start))) start++
  while (end > start && punctuation.has(run.charAt(end - 1))) end--
  return lengthOf(run.slice(start, end)) <= 2 ? [0, run.length] : [start, end]
}

/** The tokens of a text, what it says with its emoji written out, and whether some words shout among others that do not. */
export function read(given: string): { text: string; tokens: readonly Token[]; shoutsInPart: boolean } {
  const { text, starts, ends } = writeOutEmoji(given)
  const tokens: Token[] = []
  let shouted = 0
  for (const run of runsOf(text)) {
    const [from, to] = wordIn(run[0])
    const word = run[0].slice(from, to)
    const [start, end] = [run.index + from, run.index + to]
    tokens.push({ word, lower: word.toLowerCase(), start: starts?.[start] ?? start, end: ends?.[end - 1] ?? end })
    if (isUpper(word)) shouted++
  }
  return { text, tokens, shoutsInPart: shouted > 0 && shouted < tokens.length }
}
