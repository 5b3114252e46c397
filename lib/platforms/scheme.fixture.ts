/** How a network's reports come to our door, spoken from its side: what it sends, and how it proves that it is it. */
export type Scheme = {
  /** What we hold to believe it by, as the settings are called. */
  readonly held: Readonly<Record<string, string>>
  /** A report in the network's own bytes. `id` is a number in digits; `words` are in it as the network writes them. */
  report(id: string, words: string): string
  /** What stands behind the address, where that says who speaks: `?bot=1`. */
  readonly query?: string
  /** What that report goes by. Absent where the network gives its reports no name. */
  nameOf?(id: string): string
  /** The headers that go with exactly these bytes. */
  sign(body: string, at: Date): Readonly<Record<string, string>>
  /** Only a word that we share is sent along: it says who speaks, and nothing of the bytes. */
  readonly bytes?: 'unsigned'
  /** What is signed with a time is believed for so long, in milliseconds, to both sides of it. */
  readonly oldestMs?: number
  /** The question of a network that asks whether the address is ours. */
  readonly handshake?: {
    /** What we hold to answer it by, besides what reports are believed by. */
    readonly held?: Readonly<Record<string, string>>
    readonly asks: Readonly<Record<string, string>>
    readonly answer: string
    /** What makes another question of it. */
    readonly wrong: readonly Readonly<Record<string, string>>[]
  }
  /** The question of a network that asks it by a signed report. */
  readonly ping?: { readonly body: string; readonly status: number }
}
