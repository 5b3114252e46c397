import type { MediaKind } from './part'

/** What a person chose for one network, by field. Plain JSON. */
export type OptionValue = string | boolean | readonly string[]
export type OptionValues = Readonly<Record<string, OptionValue>>

export type Choice = {
  readonly value: string
  readonly label: string
  readonly hint?: string
  /** Why it cannot be chosen now. */
  readonly closed?: string
}

/**
 * What an answer must look like: a regular expression with the flag `u` that all of it fits, but for spaces around it.
 * `wants` says so within a sentence. Plain JSON: it travels to the browser.
 */
export type OptionForm = { readonly pattern: string; readonly wants: string }

/** How all of a text fits a form, with what its groups caught; null when it does not. */
export const fits = ({ pattern }: Pick<OptionForm, 'pattern'>, text: string): RegExpExecArray | null =>
  new RegExp(`^(?:${pattern})$`, 'u').exec(text.trim())

/** A moment of a film. */
export const seconds: OptionForm = { pattern: String.raw`\d+(\.\d+)?`, wants: 'seconds, as in 2.5' }

/** One of the files of a post. */
export const fileNumber: OptionForm = { pattern: String.raw`[1-9]\d?`, wants: 'the number of a picture, as in 2' }

/** Something about a post that only this network has. Data: the composer, the API, the import and the docs read the same. */
export type OptionField = {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** Must be answered by a person: nothing is scheduled without it, and there is no default (TikTok's duty for privacy). */
  readonly required: boolean
  /** Taken when a person says nothing. */
  readonly preset?: string | boolean
  /** Only for these values of the option `format`; for all when absent. */
  readonly formats?: readonly string[]
  readonly input:
    | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
    /** Choices that the network knows: boards, subreddits, playlists. `after`: the field that must be answered first. */
    | { readonly kind: 'list'; readonly after?: string; readonly free?: boolean }
    /** `max` in code points. `ofFile`: it is the number of one of the post's pictures, from 1. */
    | { readonly kind: 'text'; readonly max: number; readonly form?: OptionForm; readonly ofFile?: true }
    | { readonly kind: 'flag' }
    /** `form` is of each. */
    | {
        readonly kind: 'tags'
        readonly max: number
        readonly maxEach: number
        readonly form?: OptionForm
        readonly ofFiles?: OfFiles
      }
}

/**
 * Each answer is about one file of the post: the first, or the one whose number stands before it, as in `2: rosa`.
 * Plain JSON: it travels to the browser.
 */
export type OfFiles = {
  /** Where a post shows several files; in every other format it shows one. */
  readonly formats: readonly string[]
  /** The only kind that may be meant where several files are shown. */
  readonly kind: MediaKind
}

const numbered = /^([1-9]\d?)\s*:\s*/u

/** Which file an answer is about, from 1, and what it says of it. */
export function ofFile(answer: string): { readonly file: number; readonly says: string } {
  const [start = '', number = '1'] = numbered.exec(answer) ?? []
  return { file: Number(number), says: answer.slice(start.length) }
}

/** What was said in a text, without spaces around it; empty where nothing was. */
export const textOf = (value: OptionValue | undefined): string => (typeof value === 'string' ? value.trim() : '')

/** What was said in a list, each without spaces around it. */
export const wordsOf = (value: OptionValue | undefined): readonly string[] =>
  typeof value === 'object' ? value.map((one) => one.trim()).filter((one) => one !== '') : []
