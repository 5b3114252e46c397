/** Where a network, or a provider, is: the real thing. The environment moves it, by variables that begin with its name. */
export type Place = {
  readonly apiUrl: string
  /** Where people consent and sign in. */
  readonly webUrl: string
  /** Further hosts, each with a variable of its own: `YOUTUBE_UPLOAD_URL` for `upload`. */
  readonly hosts?: Readonly<Record<string, string>>
  /** Hosts that are asked only where their variable names them: `BLUESKY_JETSTREAM_URL` for `jetstream`. */
  readonly optionalHosts?: readonly string[]
  /** Connection methods with an app of their own: `LINKEDIN_PAGE_CLIENT_ID` for `page`. All others share `LINKEDIN_CLIENT_ID`. */
  readonly ownApps?: readonly string[]
}

/** A version of a network's API. */
export type ApiVersion = {
  readonly version: string
  /** The first day (UTC) on which the network may refuse it; absent where the network names none. */
  readonly endsOn?: string
  /** Where the dates come from. */
  readonly source: string
  /** False when `endsOn` is our reckoning, not the network's word. */
  readonly verified: boolean
}
