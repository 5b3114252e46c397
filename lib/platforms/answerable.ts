import type { MediaKind } from './part'
import type { TextRule } from './text'

/** Within what time of the last message something can be answered (milliseconds), where the network says. */
export type Answerable = {
  readonly windowMs?: number
  /** By a program, where the last part of the time is for people of flesh and blood. */
  readonly byProgramMs?: number
  readonly rule?: string
  /** Beside what all read, where the network has that. */
  readonly privately?: PrivateAnswers
  /** Which files may go with it; none when absent. Each must be one that a post takes, unless it says otherwise. */
  readonly media?: AnswerFiles
}
/** What was said in public is answered with a message to its author alone, in words, once and never again. */
export type PrivateAnswers = {
  /** Within what time of it (milliseconds). */
  readonly windowMs: number
  readonly rule: string
}
export type AnswerFiles = {
  readonly kinds: readonly MediaKind[]
  readonly max: number
  /** Pictures and films beside each other; otherwise pictures, or one film. */
  readonly mixed?: true
  /** A file is an answer of its own there, without words: one message holds words or a file. */
  readonly apart?: true
  /** How the words are counted beside files, where that differs. Plain JSON. */
  readonly caption?: TextRule
  /** What is taken of a kind, where that is not as with a post. Plain JSON. */
  readonly rules?: Readonly<Partial<Record<MediaKind, FileRule>>>
}
export type FileRule = { readonly mimes: readonly string[]; readonly maxBytes: number }
