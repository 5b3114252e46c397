/** A page of news that is followed. Times are ISO instants. */
export type FeedCard = {
  readonly id: string
  readonly url: string
  readonly title: string
  readonly template: string
  readonly accountIds: readonly string[]
  readonly projectId: string | null
  readonly isOn: boolean
  readonly checkedAt: string | null
  readonly nextCheckAt: string
  /** How often in a row it could not be read. */
  readonly failures: number
  readonly lastError: string | null
  /** How many of its items became drafts. */
  readonly drafts: number
}
