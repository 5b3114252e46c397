import type { Call } from '../core/call'

/** The parts of a resource that are asked for: with commas between, or, as Google's clients do it, one parameter each. */
export const partsOf = (call: Call): string[] =>
  call.query
    .getAll('part')
    .flatMap((part) => part.split(','))
    .filter(Boolean)
