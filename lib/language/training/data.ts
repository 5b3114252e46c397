import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Where the labelled texts are; nothing of them is part of the product. */
export const dataDir = path.resolve(process.env.DATA_DIR ?? path.join(import.meta.dirname, '../../../../shared/data'))
export const hasData = existsSync(path.join(dataDir, 'README.md'))

const linesOf = (file: string): readonly string[] =>
  readFileSync(path.join(dataDir, file), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''))
    .filter((line) => line !== '')

export type Labelled = { readonly text: string; readonly label: number }

/** Texts and their labels, of two files that go line by line. Throws when they do not have as many lines. */
export function labelled(name: 'offensive_train' | 'offensive_val' | 'sentiment_val'): readonly Labelled[] {
  const [texts, labels] = [linesOf(`tweets/${name}_text.txt`), linesOf(`tweets/${name}_labels.txt`)]
  if (texts.length !== labels.length) throw new Error(`${name} has ${texts.length} texts and ${labels.length} labels`)
  return texts.map((text, at) => ({ text, label: Number(labels[at]) }))
}

const spamFile = (of: 'sms' | 'youtube') => `spam/${of}.tsv`
export const hasSpamData = existsSync(path.join(dataDir, spamFile('sms')))

/** Messages that people called spam (1) or ham (0): two collections of UCI, not among our data (docs/language.md). */
export function calledSpam(of: 'sms' | 'youtube'): readonly Labelled[] {
  // The same text twice would be learned from and asked about.
  const texts = new Map(
    linesOf(spamFile(of)).map((line) => {
      const [label, ...text] = line.split('\t')
      return [text.join('\t').trim(), label === 'spam' ? 1 : 0] as const
    }),
  )
  return [...texts].map(([text, label]) => ({ text, label }))
}

export type Rated = { readonly id: string; readonly rating: number; readonly text: string }

/** Texts with the mean of their ratings, -4 to 4. */
export const rated = (name: 'tweets' | 'amazonReviewSnippets' | 'nytEditorialSnippets'): readonly Rated[] =>
  linesOf(`vader/${name}_GroundTruth.txt`).map((line) => {
    const [id = '', rating, ...text] = line.split('\t')
    return { id, rating: Number(rating), text: text.join('\t') }
  })

/** What the original program answers for the rated tweets, by id: neg, neu, pos, compound. */
export const originalAnswers = (): ReadonlyMap<string, readonly number[]> =>
  new Map(
    linesOf('vader/tweets_python_output.tsv')
      .slice(1)
      .map((line) => {
        const [id = '', ...scores] = line.split('\t')
        return [id, scores.map(Number)] as const
      }),
  )

/** The columns of VADER's own files. A later line for the same token replaces the earlier, as in the original. */
export function vaderLexicon(): readonly string[] {
  const tokens = new Map(
    linesOf('vader/vader_lexicon.txt').map((line) => {
      const [token = '', mean = ''] = line.trim().split('\t')
      return [token, `${token} ${mean}`] as const
    }),
  )
  return [...tokens.values()]
}

/** Emoji of one code point, which are all that the original finds. */
export const vaderEmoji = (): readonly string[] =>
  linesOf('vader/emoji_utf8_lexicon.txt').flatMap((line) => {
    const [emoji = '', description = ''] = line.trim().split('\t')
    return [...emoji].length === 1 ? [`${emoji} ${description}`] : []
  })

/** A word that fewer of the rated texts use is a name, a slip, or of another language. */
const fewestUses = 3

/** The words that the rated texts use three times and more, in lower case and in order. */
export function ratedWords(): readonly string[] {
  const counts = new Map<string, number>()
  for (const set of ['tweets', 'amazonReviewSnippets', 'nytEditorialSnippets'] as const)
    for (const { text } of rated(set))
      for (const [word] of text
        .replaceAll(/https?:\S+|[@#]\w+/g, ' ')
        .toLowerCase()
        .matchAll(/[a-z]+(?:'[a-z]+)*/g))
        counts.set(word, (counts.get(word) ?? 0) + 1)
  return [...counts].flatMap(([word, count]) => (count >= fewestUses && word.length > 1 ? [word] : [])).toSorted()
}
