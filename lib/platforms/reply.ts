import type { Incoming } from './incoming'
import type { PartKey, PartMedia, Published } from './part'

/** What is needed to answer something. */
export type Addressee = Pick<Incoming, 'externalId' | 'kind' | 'conversation' | 'parent' | 'post' | 'ref'>
export type Reply = {
  readonly to: Addressee
  readonly text: string
  readonly media?: readonly PartMedia[]
  readonly key: PartKey
  /** For nobody but its author, by their `Person.externalId`: a message in the chat that goes by that name. */
  readonly privately?: { readonly person: string }
  /** No person wrote or approved it. */
  readonly byProgram?: true
  /** When the person in this chat wrote last, as known when the answer was fixed: ISO 8601 in UTC. Of chats alone. */
  readonly heardAt?: string
  /** Sent in the place of free words; `text` is how it reads with its values. */
  readonly template?: ChosenTemplate
}

/** Words that the network approved beforehand, with places for values: `{{1}}` is the first. */
export type Template = {
  readonly name: string
  readonly language: string
  readonly text: string
  /** How many values it wants. */
  readonly values: number
  readonly category?: string
}
export type ChosenTemplate = {
  readonly name: string
  readonly language: string
  readonly values: readonly string[]
}

/** What a network reports of an answer of ours. */
export type Confirmation = {
  /** `PartKey.recordKey` of the answer, where the report carries it. */
  readonly key?: string
  readonly published: Published
  /** ISO 8601 in UTC. */
  readonly at: string
  /** Why it reached nobody, in a sentence: the network took it, and refused it afterwards for certain. */
  readonly refused?: string
}
