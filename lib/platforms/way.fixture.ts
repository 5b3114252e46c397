import type { OptionValues, PlatformName, ProviderName } from '.'

/** One way of connecting one network, with what a person would choose or type, and what the contract's tests may expect. */
export type Way = {
  readonly label: string
  readonly name: PlatformName
  /** The provider it is connected through, where it is not the network itself. */
  readonly provider?: ProviderName
  readonly method: string
  /** Whom the person chooses on the consent page; for a form, what it is filled with. */
  readonly who: string
  /** What the sandbox calls the account, where that is not the name by which the network knows it. */
  readonly spokenToAs?: string
  readonly values?: Readonly<Record<string, string>>
  /** Can reading settle a doubtful outcome? */
  readonly settles: boolean
  /** Does a refresh token come with the access token? */
  readonly renews: boolean
  /** How old a token must be before it is renewed; absent means at once. */
  readonly renewsAfterMs?: number
  /** A key or a token that has no end, and in whose place no other can be had by asking. */
  readonly lasting?: true
  /** Are an account's numbers open to our app? */
  readonly measures: boolean
  /** What a further part is to readers where nothing ties it to the first; `reply` when absent. */
  readonly further?: 'post'
  /** What a person must choose for every post here. */
  readonly options?: OptionValues
  /** A film goes in stretches that are noted one by one. */
  readonly resumes?: true
  /** The posts of which it says that the network has all their files, so that they go out when ours are lost. */
  readonly holds?: readonly ('film' | 'pictures')[]
  /** A choice that the sandbox refuses once the post is out. */
  readonly refuses?: OptionValues
  /** What the network says to a text that it has already: no, or no and where the first one is. Absent: nothing. */
  readonly twins?: 'refused' | 'named'
  /** Nothing but their words tells two posts apart in the list that a read-back goes by. */
  readonly looksAlike?: true
  /** Posts go by a key of our own: what a fault of the network's (500) left in doubt is known at once. */
  readonly ownKey?: true
  /** That list may be behind. */
  readonly listsLate?: true
}

export const open = { settles: true, renews: true, measures: true }
export const closed = { settles: false, renews: false, measures: false }
