import type { About } from './about'
import * as networks from './networks'

export type { Look } from './about'
export type NetworkName = keyof typeof networks

const said: Readonly<Record<NetworkName, About>> = networks

/** Every network, in the order of the alphabet. */
// What an object's entries are called is forgotten by its type; these are the list's own names.
export const networkNames: readonly NetworkName[] = (Object.keys(said) as NetworkName[]).toSorted()

/** The same of every network. */
export const ofEach = <T>(read: (about: About) => T): Readonly<Record<NetworkName, T>> =>
  // As above.
  Object.fromEntries(networkNames.map((name) => [name, read(said[name])])) as Record<NetworkName, T>

/** What people call each network. */
export const networkLabels = ofEach(({ label }) => label)
/** What a comment is called on networks that call it otherwise. */
export const commentLabels = new Map<string, string>(
  networkNames.flatMap((name) => (said[name].commentLabel ? [[name, said[name].commentLabel]] : [])),
)
export const networkMarks = ofEach(({ mark }) => mark)
export const networkLooks = ofEach(({ look }) => look)
