import type { NetworkName } from '../names'
import type { Provenance, TextField, TextLimit, TextRule } from './rule'

/** @param readOn YYYY-MM-DD */
export const documented = (source: string, readOn: string): Provenance => ({ source, readOn, verified: true })
/** The number is widely known, but the maker's own page was not at hand. */
export const believed = (source: string, readOn: string): Provenance => ({ source, readOn, verified: false })

export const utf16 = { unit: 'utf16' } as const
export const codePoints = { unit: 'codePoints' } as const
export const utf8Bytes = { unit: 'utf8Bytes' } as const
export const graphemes = { unit: 'graphemes', shortenLinks: false } as const

/** The texts of one network: each limit with the network and the field it is for. */
export const textsOf = <Field extends TextField>(
  network: NetworkName,
  limits: Readonly<Record<Field, TextLimit>>,
): Readonly<Record<Field, TextRule>> =>
  // What an object's entries are called is forgotten by its type; these are the fields that were given.
  Object.fromEntries(
    Object.entries<TextLimit>(limits).map(([field, limit]) => [field, { network, field, ...limit }]),
  ) as Record<Field, TextRule>
