import { featuresOf } from './model/features'
import { judge, openModel } from './model/judge'
import type { Piece } from './model/tokens'
import weights from './model/offensive.json'
import { findPhrases, phraseList, type Found } from './phrase-list'
import { round } from './round'
import { saidIn, type Said } from './said'
import { toxicKinds, type ToxicKind, type Toxicity } from './schema'
import { toxicWords } from './toxic-words'
import { lexiconSentiment, type LexiconSentiment } from './vader'

const model = openModel(weights)
const list = phraseList(toxicWords)
export const inoffensive: Toxicity = { score: 0, isToxic: false, kinds: [], tokens: [] }
const leastWeight = 0.1
const mostPieces = 8

/** What the model is told beside the words: what the lexicon found, and how many hurtful words of each kind there are. */
export function besideToxicity(lexicon: LexiconSentiment, found: readonly Found<ToxicKind>[]): readonly number[] {
  const upToTwo = (kind?: ToxicKind) => Math.min(2, found.filter((one) => !kind || one.kind === kind).length)
  return [lexicon.compound, lexicon.negative, lexicon.positive, ...toxicKinds.map((kind) => upToTwo(kind)), upToTwo()]
}

export const hurtfulWords = (pieces: readonly Piece[]): readonly Found<ToxicKind>[] => findPhrases(pieces, list)

/** In fewer words than these nothing hurts but a word of the lists: "Black" answers which colour it should be. */
const fewestWords = 3

/** How likely people call an English text offensive, with the words that say so. */
export function toxicityOf(text: string, { rest, pieces, words: count }: Said = saidIn(text)): Toxicity {
  const found = hurtfulWords(pieces)
  if (count < fewestWords && found.length === 0) return inoffensive
  const beside = besideToxicity(lexiconSentiment(rest), found)
  const { probabilities, pieces: added } = judge(model, featuresOf(pieces, model.slots), pieces.length, beside)
  const score = pieces.length === 0 ? 0 : (probabilities[1] ?? 0)
  const words = pieces
    .map(({ start, end }, at) => ({ start, end, weight: added[1]?.[at] ?? 0 }))
    .filter(({ weight }) => weight >= leastWeight)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, mostPieces)
  const isToxic = score >= 0.5
  return {
    score: round(score),
    isToxic,
    kinds: isToxic ? toxicKinds.filter((kind) => found.some((one) => one.kind === kind)) : [],
    tokens: [
      ...found.map(({ kind, start, end }) => ({
        text: text.slice(start, end),
        start,
        end,
        weight: 1,
        by: 'rule' as const,
        kind,
      })),
      ...words.map(({ start, end, weight }) => ({
        text: text.slice(start, end),
        start,
        end,
        weight: round(weight),
        by: 'model' as const,
      })),
    ],
  }
}
