import type { Features } from './features'

/** Weights as they are shipped: what scripts/train-language.ts writes. */
export type WeightFile = {
  readonly source: string
  readonly labels: readonly string[]
  readonly slots: number
  /** What one step of the stored whole numbers is worth. */
  readonly scale: number
  /** Base64 of a signed byte for each slot, for each label after the first one after the other. */
  readonly hashed: string
  /** For each label after the first: a weight for each of the numbers beside. */
  readonly beside: readonly (readonly number[])[]
  readonly bias: readonly number[]
}

export type Model = Omit<WeightFile, 'hashed'> & { readonly hashed: readonly Int8Array[] }

/** Throws when the weights are not as many as the file says. */
export function openModel({ hashed, ...rest }: WeightFile): Model {
  const bytes = Uint8Array.from(atob(hashed), (character) => character.charCodeAt(0))
  const others = rest.labels.length - 1
  if (bytes.length !== others * rest.slots) throw new Error(`A model has ${bytes.length} weights`)
  return {
    ...rest,
    hashed: Array.from({ length: others }, (_, n) => new Int8Array(bytes.buffer, n * rest.slots, rest.slots)),
  }
}

/** Each hashed feature counts for this much, so that long texts do not shout. */
export const valueOf = (count: number): number => (count === 0 ? 0 : 1 / Math.sqrt(count))

export const softmax = (scores: readonly number[]): readonly number[] => {
  const most = Math.max(...scores)
  const powers = scores.map((score) => Math.exp(score - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((power) => power / sum)
}

/**
 * `probabilities`: of each label, adding up to 1. `pieces`: for each label, what each piece of the text adds to its
 * score, in logits against the first label; `beside` likewise for the numbers beside.
 */
export type Judgement = {
  readonly probabilities: readonly number[]
  readonly pieces: readonly Float64Array[]
  readonly beside: readonly (readonly number[])[]
}

export function judge(model: Model, features: Features, pieceCount: number, beside: readonly number[]): Judgement {
  const value = valueOf(features.slots.length) * model.scale
  const none = { score: 0, pieces: new Float64Array(pieceCount), beside: beside.map(() => 0) }
  const labels = model.hashed.map((weights, label) => {
    const pieces = new Float64Array(pieceCount)
    for (const [n, slot] of features.slots.entries()) {
      const piece = features.of[n] ?? 0
      pieces[piece] = (pieces[piece] ?? 0) + (weights[slot] ?? 0) * value
    }
    const added = beside.map((number, n) => number * (model.beside[label]?.[n] ?? 0))
    const score = (model.bias[label] ?? 0) + pieces.reduce((a, b) => a + b, 0) + added.reduce((a, b) => a + b, 0)
    return { score, pieces, beside: added }
  })
  const all = [none, ...labels]
  return {
    probabilities: softmax(all.map(({ score }) => score)),
    pieces: all.map((each) => each.pieces),
    beside: all.map((each) => each.beside),
  }
}
