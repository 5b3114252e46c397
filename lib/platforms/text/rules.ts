import { ofEach, type NetworkName } from '../names'
import type { TextField, TextRule } from './rule'

/** Every text of a network that has a limit of its own. A field that is absent is not offered, or has no known limit. */
export const fieldRules = ofEach(({ texts }) => texts)

type OwnRules = { readonly texts?: Readonly<Partial<Record<TextField, TextRule>>> }

/** How an account counts a text beside its main one: by its own limits, or as its network does. */
export const ruleFor = (field: TextField, network: NetworkName, { texts }: OwnRules): TextRule | undefined =>
  texts?.[field] ?? fieldRules[network][field]

/** How each network counts its main text. */
export const textRules = ofEach(({ label, texts }): TextRule => {
  const main = texts.post ?? texts.caption ?? texts.description
  if (!main) throw new Error(`${label} has no text: give its texts.ts a post, a caption or a description.`)
  return main
})
