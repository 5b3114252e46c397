import { softmax, valueOf } from '../model/judge'
import type { Features } from '../model/features'

/** One example: hashed features, a few numbers beside them, which class it is, and how much it counts. */
export type Example = {
  readonly features: Features
  readonly beside: readonly number[]
  readonly label: number
  readonly weight: number
}
export type Fitted = { readonly hashed: Float32Array[]; readonly beside: number[][]; readonly bias: number[] }
export type Fitting = {
  readonly classes: number
  readonly slots: number
  readonly rounds: number
  readonly rate: number
  readonly pull: number
  /** Whether a slot is trained; the others stay at 0. */
  readonly isKnown: (slot: number) => boolean
}

/** The same numbers in the same order each time: a training that cannot be repeated cannot be checked. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** Multinomial logistic regression by AdaGrad, with an L2 pull towards 0. Deterministic. */
export function fit(examples: readonly Example[], { classes, slots, rounds, rate, pull, isKnown }: Fitting): Fitted {
  const width = examples[0]?.beside.length ?? 0
  const size = slots + width + 1
  const weights = Array.from({ length: classes }, () => new Float32Array(size))
  const squares = Array.from({ length: classes }, () => new Float32Array(size).fill(1e-3))
  const random = seeded(20261125)
  const order = examples.map((_, at) => at)
  for (let round = 0; round < rounds; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      const [a = 0, b = 0] = [order[at], order[other]]
      order[at] = b
      order[other] = a
    }
    for (const at of order) {
      const example = examples[at]
      if (!example) continue
      const { slots: found } = example.features
      const value = valueOf(found.length)
      const predicted = softmax(
        weights.map((own) => {
          let score = own[size - 1] ?? 0
          for (const slot of found) score += (own[slot] ?? 0) * value
          for (const [n, beside] of example.beside.entries()) score += (own[slots + n] ?? 0) * beside
          return score
        }),
      )
      for (const [k, own] of weights.entries()) {
        const error = ((predicted[k] ?? 0) - (example.label === k ? 1 : 0)) * example.weight
        const square = squares[k]
        if (!square) continue
        const step = (slot: number, input: number, held: number) => {
          const gradient = error * input + held * (own[slot] ?? 0)
          square[slot] = (square[slot] ?? 0) + gradient * gradient
          own[slot] = (own[slot] ?? 0) - (rate * gradient) / Math.sqrt(square[slot] ?? 1)
        }
        for (const slot of found) if (isKnown(slot)) step(slot, value, pull)
        for (const [n, beside] of example.beside.entries()) step(slots + n, beside, pull / 10)
        step(size - 1, 1, 0)
      }
    }
  }
  return {
    hashed: weights.map((own) => own.slice(0, slots)),
    beside: weights.map((own) => Array.from(own.slice(slots, slots + width))),
    bias: weights.map((own) => own[size - 1] ?? 0),
  }
}
