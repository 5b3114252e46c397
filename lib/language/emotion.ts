import { emotionWords } from './emotion-words'
import { piecesOf, type Piece } from './model/tokens'
import { findPhrases, phraseList } from './phrase-list'
import { emotions, type Emotion, type EmotionName } from './schema'
import { negates } from './vader/words'

const list = phraseList(emotionWords)
/** A negation this many pieces before a word is about that word. */
const reach = 2

/** A denied joy is a sadness; other feelings that are denied are not shown. */
const denied: Partial<Record<EmotionName, EmotionName>> = { joy: 'sadness', love: 'sadness' }

/** The feelings that words and emoji of an English text show. Each further word halves the distance to 1. */
export function emotionOf(text: string, pieces: readonly Piece[] = piecesOf(text)): Emotion {
  const placeOf = new Map(pieces.map(({ start }, at) => [start, at]))
  const isDenied = (start: number): boolean => {
    const at = placeOf.get(start) ?? 0
    return pieces.slice(Math.max(0, at - reach), at).some(({ said }) => negates(said))
  }
  const tokens = findPhrases(pieces, list).flatMap(({ kind, start, end }) => {
    const emotion = isDenied(start) ? denied[kind] : kind
    return emotion ? [{ text: text.slice(start, end), start, end, weight: 1, by: 'rule' as const, emotion }] : []
  })
  const scoreOf = (emotion: EmotionName): number =>
    1 - 0.5 ** tokens.filter((token) => token.emotion === emotion).length
  // One entry for each name, which fromEntries cannot say.
  const scores = Object.fromEntries(emotions.map((emotion) => [emotion, scoreOf(emotion)])) as Emotion['scores']
  const strongest = emotions.reduce((a, b) => (scores[b] > scores[a] ? b : a))
  return { label: scores[strongest] > 0 ? strongest : null, scores, tokens }
}
