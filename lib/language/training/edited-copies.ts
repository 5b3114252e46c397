/** Copies as people pass them on: quoted, tagged, mistyped, shortened. The same each time. */
export function editedCopies(texts: readonly string[], seed: number): readonly string[] {
  let state = seed
  const below = (count: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const edits: readonly ((text: string) => string)[] = [
    (text) => `RT @someone${below(1_000)}: ${text}`,
    (text) => `${text} https://example.org/${below(1e6)}`,
    (text) => `${text} #${letters.slice(below(20), 26)}`,
    (text) => `${text} via @reader${below(100)} 👍`,
    (text) => text.toUpperCase(),
    (text) => text.replaceAll(/[.,!?]/g, '') + '!!',
    (text) => withoutWord(text, below(text.split(' ').length)),
    (text) => mistyped(text, below(text.length), letters.charAt(below(26))),
    (text) => mistyped(text, below(text.length), letters.charAt(below(26))),
    (text) => text.slice(0, Math.ceil(text.length * 0.8)),
    (text) => withWord(text, below(text.split(' ').length), ['really', 'just', 'so', 'the'][below(4)] ?? 'just'),
  ]
  return texts.map((text) => {
    let copy = text
    for (let n = 1 + below(3); n > 0; n--) copy = edits[below(edits.length)]?.(copy) ?? copy
    return copy
  })
}

const withoutWord = (text: string, at: number): string => text.split(' ').toSpliced(at, 1).join(' ')
const withWord = (text: string, at: number, word: string): string => text.split(' ').toSpliced(at, 0, word).join(' ')
const mistyped = (text: string, at: number, letter: string): string => text.slice(0, at) + letter + text.slice(at + 1)
