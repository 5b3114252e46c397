import type { Answer } from './answer'
import type { AppConfig, Credentials } from './connection'
import type { Incoming, IncomingKind } from './incoming'

/** What became of something that was said. `gone`: to the account, by whoever took it away. */
export type Standing =
  | { readonly state: 'gone' }
  | {
      readonly state: 'there'
      readonly text: string
      /** Absent where the answer does not tell of files. */
      readonly media?: Incoming['media']
      /** ISO 8601 in UTC: when it was last changed, where the network says. */
      readonly editedAt?: string
      /** Whether strangers do not see it, where the network says. */
      readonly hidden?: boolean
    }

/** How a network is asked what became of things said, where neither its news nor a list of all that stands tell of it. */
export type Again = {
  readonly kinds: readonly IncomingKind[]
  /** So many are asked about at once. */
  readonly most: number
  /**
   * Each question is billed, with so many millionths of a dollar: so many are asked in a day for an account, about what
   * waits for an answer alone, and about each once a day.
   */
  readonly billed?: { readonly mostADay: number; readonly eachMicros: number }
  /**
   * By `Incoming.externalId`; of what is not among it nothing is known for certain. `said` as it was heard last, `most`
   * at most.
   */
  look(app: AppConfig, as: Credentials, said: readonly Incoming[]): Answer<ReadonlyMap<string, Standing>>
}
