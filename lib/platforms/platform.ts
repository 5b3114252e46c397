import type { Result } from '@/lib/core/result'
import type { Inbox } from './inbox'
import type { Limits } from './limits'
import type { Choice, OptionField, OptionValues } from './options'
import type { NetworkName } from './text'

export type * from './inbox'
export { incomingKinds } from './inbox'
export type * from './limits'
export type * from './options'

/** The networks that have an adapter. */
export const platformNames = [
  'x',
  'linkedin',
  'bluesky',
  'facebook',
  'tiktok',
  'instagram',
  'threads',
  'whatsapp',
  'mastodon',
  'discord',
  'youtube',
  'pinterest',
  'telegram',
  'reddit',
] as const
export type PlatformName = Extract<NetworkName, (typeof platformNames)[number]>

/** What went wrong at the network, in our words. Every adapter maps its own codes onto these and no others. */
export type PlatformError =
  | { readonly code: 'auth_expired'; readonly reason: string }
  /** Nothing was done; asking again before `retryAt` is useless. */
  | { readonly code: 'rate_limited'; readonly retryAt: Date }
  /** Refused for certain. `reason` is a sentence for the author of the post. */
  | {
      readonly code: 'rejected'
      readonly reason: string
      /** The network says it has this already; `duplicateOf` when it names which. */
      readonly duplicate?: boolean
      readonly duplicateOf?: Published
    }
  /** For certain nothing was done: the connection was never made, or the question was only a read. */
  | { readonly code: 'unavailable'; readonly reason: string }
  /**
   * The request may have gone through: look before trying again. `processing`: the network has taken it for certain and
   * is still at work on it; `findPublished` tells how that ended, and is worth asking after `checkAfterMs`. `ref`, where
   * it is there, is the name the network gave it: to be kept as the part's `prepared` before `findPublished` is asked.
   */
  | {
      readonly code: 'outcome_unknown'
      readonly reason: string
      readonly processing?: { readonly checkAfterMs: number; readonly ref?: unknown }
    }

export type Answer<T> = Promise<Result<T, PlatformError>>

/** Secrets of one account, as kept (encrypted) by `lib/accounts`. Plain values only. */
export type Credentials = {
  readonly accessToken: string
  readonly refreshToken?: string
  readonly accessExpiresAt?: string
  readonly refreshExpiresAt?: string
  readonly scopes: readonly string[]
  /** Who this is at the network: a user id, a URN, a DID. */
  readonly externalId: string
  /** Base address of the account's own server, on networks that have many (Bluesky's PDS, a Mastodon instance). */
  readonly server?: string
}

/** What an account is at its network: somebody's own, a page or business, a room that a bot writes into, a phone number. */
export const accountKinds = ['person', 'page', 'channel', 'number'] as const
export type AccountKind = (typeof accountKinds)[number]

/** Plain facts of one account that its limits hang on, read when it was connected: a server's own numbers, a plan. JSON. */
export type Traits = Readonly<Record<string, unknown>>

/** One account that a connection gave access to; a person may bring several pages. */
export type ConnectedAccount = {
  /** The network the account is on, where the connection was made through a provider that reaches several. */
  readonly network?: PlatformName
  readonly kind: AccountKind
  readonly traits?: Traits
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl?: string
  readonly profileUrl: string
  readonly credentials: Credentials
}

/** What a network's app needs of the person who runs Posthorn, from the environment. */
export type AppConfig = {
  /** Where the network's API is: the real thing, or the sandbox. */
  readonly apiUrl: string
  /** Where people consent and sign in. */
  readonly webUrl: string
  /** Further hosts of the network, by the names in config.ts: uploads, analytics, sign-in. */
  readonly hosts: Readonly<Record<string, string>>
  readonly clientId?: string
  readonly clientSecret?: string
  /** What the network signs its reports with. */
  readonly webhookSecret?: string
  /** What the network shows in its handshake to prove that it was told of us (Meta, WebSub). */
  readonly webhookVerifyToken?: string
  /** The token of the installation's own bot, on networks where a bot is one (Discord). */
  readonly botToken?: string
  /** The network's public key, hex, where reports are signed with Ed25519 (Discord). */
  readonly webhookPublicKey?: string
  /** How many days back what was said is asked for, at providers that are asked by their history (Ayrshare). */
  readonly historyDays?: number
  /** How long one call may take; the HTTP layer's own bound when absent. */
  readonly timeoutMs?: number
}

/** A way to connect accounts of a network. LinkedIn has two, because its products may not share an app. */
export type ConnectionMethod =
  | {
      readonly kind: 'oauth'
      readonly name: string
      readonly label: string
      /** Names of the environment variables that must be set, and where to get their values. */
      readonly needs: { readonly variables: readonly string[]; readonly help: string; readonly url: string }
      readonly scopes: readonly string[]
      /** What we do with an account, and the scopes each thing takes: what the connection doctor goes by. */
      readonly features: readonly Feature[]
      /** How the verifier becomes the challenge: base64url as RFC 7636 says, or TikTok's hex. */
      readonly pkce: 'S256' | 'hex' | false
      /** Asked for first, where every server is a network of its own. */
      readonly server?: { readonly label: string; readonly hint: string }
      /** Makes us known to one server. The answer is kept and used for every later consent there. */
      register?(
        app: AppConfig,
        q: { readonly server: string; readonly redirectUri: string },
      ): Answer<{ readonly clientId: string; readonly clientSecret: string }>
      /** The consent page's address. Pure. `app` has the server's addresses and our keys there, where there is a server. */
      authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string
      exchange(
        app: AppConfig,
        q: { code: string; verifier: string; redirectUri: string },
      ): Answer<readonly ConnectedAccount[]>
    }
  | {
      /** A few fields that a person fills in: a handle and an app password, a bot's token, a provider's key. */
      readonly kind: 'form'
      readonly name: string
      readonly label: string
      readonly help: string
      /** Where the values come from. */
      readonly url?: string
      readonly fields: readonly FormField[]
      /** Environment variables that must be set for it, if any. */
      readonly needs?: { readonly variables: readonly string[]; readonly help: string; readonly url: string }
      /** Said when the network does not accept what was filled in: what to check. */
      readonly refusal: string
      signIn(app: AppConfig, values: Readonly<Record<string, string>>): Answer<readonly ConnectedAccount[]>
    }

export type FormField = {
  readonly name: string
  readonly label: string
  readonly hint: string
  readonly secret: boolean
  readonly optional: boolean
}

export type MediaKind = 'image' | 'gif' | 'video'

/** A file ready to be sent. `open` may be called again for a retry and streams from storage; both ends of a range are in it. */
export type MediaFile = {
  readonly id: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly alt: string
  /** What must stay in view, as shares (0 to 1) of width and height from the upper left corner. */
  readonly focus?: { readonly x: number; readonly y: number }
  /** Where the network can fetch it, for networks that do so instead of taking bytes. Ends after some hours. */
  readonly publicUrl?: string
  open(range?: { readonly start: number; readonly end: number }): ReadableStream<Uint8Array>
}

/** The network's own handle on an uploaded file. `ready: false` asks to be looked at again after `checkAfterMs`. */
export type UploadedMedia = { readonly ref: unknown; readonly ready: boolean; readonly checkAfterMs?: number }

/** A post that exists at the network. `ref` is whatever the adapter needs to answer or delete it (an id, a URI with its CID). */
export type Published = { readonly externalId: string; readonly url: string; readonly ref: unknown }

/** A question to readers. */
export type Poll = {
  readonly options: readonly string[]
  /** How long it is open. */
  readonly minutes: number
  readonly multiple: boolean
}

/** A file within a part: what it is, and where its bytes are. `ref` is what `uploadMedia` gave, where the network has that. */
export type PartMedia = {
  readonly kind: MediaKind
  readonly alt: string
  readonly width?: number
  readonly height?: number
  readonly ref?: unknown
  /** The file itself, for networks that take it together with the post or fetch it. Not part of what is compared or kept. */
  readonly file?: MediaFile
}

/**
 * One thing that will appear at the network: a post, a further post of its thread, or its first comment.
 * Everything random is in `key`, fixed before the first byte is sent, so that any retry is byte-identical.
 */
export type Part = {
  readonly kind: 'post' | 'reply' | 'comment'
  readonly text: string
  readonly title?: string
  readonly link?: { readonly url: string; readonly title?: string; readonly description?: string }
  readonly media: readonly PartMedia[]
  readonly poll?: Poll
  /** What was chosen for this account, by the names of the adapter's `options`. */
  readonly options?: OptionValues
  readonly replyTo?: { readonly root: Published; readonly parent: Published }
  readonly key: PartKey
  /** What `prepare` made, for networks that have it. */
  readonly prepared?: unknown
}

/**
 * Work at the network that no reader sees and that `publish` then makes visible: a container, an upload session, all but
 * the last bytes of a video. `ready: false` asks to be continued after `checkAfterMs` (at once when absent).
 */
export type Prepared = { readonly ref: unknown; readonly ready: boolean; readonly checkAfterMs?: number }

/** Made once by `newKey`, stored with the intent as JSON. `createdAt` is ISO 8601 in UTC. */
export type PartKey = { readonly createdAt: string; readonly recordKey?: string }

/**
 * How an unknown outcome is settled for an account:
 * `own_key`: we chose the key, so reading it says yes or no, and sending again with it cannot double;
 * `read_back`: the account's own posts can be listed and compared; absent means absent only after `lagMs`, read twice;
 * `echo`: nothing can be read, but the network reports what was sent by webhook; silence is not absence, so after
 *   `patienceMs` a person is asked;
 * `person`: the network offers no read at all.
 */
export type Settling =
  | { readonly by: 'own_key' }
  | { readonly by: 'read_back'; readonly lagMs: number }
  | { readonly by: 'echo'; readonly patienceMs: number }
  | { readonly by: 'person' }

export const metricNames = [
  'impressions',
  'views',
  'reach',
  'likes',
  'reactions',
  'comments',
  'shares',
  'quotes',
  'saves',
  'clicks',
  'score',
] as const
export type Metric = (typeof metricNames)[number]
/** Totals since publication. A metric that is absent is not offered by the network; never 0. */
export type Metrics = Readonly<Partial<Record<Metric, number>>>

/** An event a network told us by webhook. `raw` is the network's own JSON. */
export type WebhookEvent = {
  readonly externalId: string
  readonly type: string
  /** The network it is about, where a provider reports of several. */
  readonly network?: PlatformName
  readonly accountExternalId: string
  readonly raw: unknown
  /** Set when the event proves that one of our own posts exists. */
  readonly published?: { readonly externalId: string; readonly url: string; readonly text: string; readonly at: string }
}

export type Webhook = {
  /** What reports are believed by: a secret that the network gave, the app's own, one of our choosing, or the network's public key. */
  readonly trust: 'webhook_secret' | 'app_secret' | 'own_secret' | 'public_key'
  /** The handshake asks for a word of ours: `webhookVerifyToken`. */
  readonly wantsWord?: true
  /** The answer to the network's handshake; undefined when the query is not one. */
  handshake(app: AppConfig, query: URLSearchParams): { readonly body: string; readonly contentType: string } | undefined
  /** The answer to a handshake that comes as a signed report (Discord's ping); undefined when the body is not one. */
  greet?(
    rawBody: Uint8Array,
  ): { readonly status: number; readonly body?: string; readonly contentType?: string } | undefined
  /** Checks the signature over the raw bytes, in constant time. */
  verify(app: AppConfig, rawBody: Uint8Array, headers: Headers): boolean
  /** Fails when the body is not what the network documents. */
  read(rawBody: Uint8Array, app?: AppConfig): Result<readonly WebhookEvent[], { readonly reason: string }>
}

/** How much of a limit is used, as the network counts it now. */
export type Quota = {
  readonly what: 'posts' | 'replies' | 'deletes' | 'units'
  readonly used: number
  readonly max: number
  readonly windowMs: number
}

/** Something Posthorn does with an account, and the scopes it takes. */
export type Feature = { readonly name: string; readonly label: string; readonly scopes: readonly string[] }

/** One finding of the connection doctor. `message` says what is so, and what to do about it. */
export type Finding = {
  readonly name: string
  readonly label: string
  readonly state: 'good' | 'advice' | 'problem'
  readonly message: string
}

/** What a network can do for us. A capability that is absent means "this network cannot". */
export type Platform = {
  readonly name: PlatformName
  readonly label: string
  readonly limits: Limits
  /** The limits of one account, where they hang on its server or plan; `limits` when absent. */
  limitsFor?(traits: Traits): Limits
  readonly apiVersion: string
  readonly connections: readonly ConnectionMethod[]
  readonly threads: boolean
  readonly firstComment: boolean
  /** Files that the network fetches from `MediaFile.publicUrl` instead of taking their bytes. */
  readonly fetchesMedia?: readonly MediaKind[]
  readonly metricsOffered: readonly Metric[]
  /** What must or may be chosen for a post on this network: privacy, board, subreddit, format. */
  readonly options?: readonly OptionField[]
  /** The choices of a field of kind `list`, asked of the network. `given` holds what was chosen so far. */
  choices?(app: AppConfig, as: Credentials, field: string, given: OptionValues): Answer<readonly Choice[]>
  /** What the network itself says against a part before it is scheduled, in sentences: a board's rules, a creator's own limits. Reads only. */
  precheck?(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]>
  settling(as: Credentials): Settling
  /** Everything random about a part. Called once per part, when the intent is written. */
  newKey(now: Date): PartKey
  /** Brings a file to the network. Harmless when repeated: a file without a post shows nowhere. */
  uploadMedia?(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia>
  /** Asks whether a file that was still being processed is ready. */
  mediaStatus?(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia>
  /**
   * Readies a part, without anything becoming visible: called with nothing, then with what it answered last, until it is
   * ready. Each answer is stored before the next call, so it goes on after a restart.
   */
  prepare?(app: AppConfig, as: Credentials, part: Part, before: Prepared | undefined): Answer<Prepared>
  /** Sends one part. Never retries by itself. */
  publish(app: AppConfig, as: Credentials, part: Part): Answer<Published>
  /**
   * Looks for a part that may have been sent since `since`. A failed read is an error, never "not there"; `rejected`
   * means that the network took the part and refused it afterwards for certain.
   */
  findPublished?(app: AppConfig, as: Credentials, part: Part, since: Date): Answer<Published | undefined>
  /**
   * The account's post at an address that a person gave, with all that is needed to answer or delete it. `rejected`
   * when the address is not of one of the account's posts. Reads only.
   */
  resolve?(app: AppConfig, as: Credentials, url: string): Answer<Published>
  /** Takes a published part away again. Succeeds when it is already gone. */
  remove?(app: AppConfig, as: Credentials, published: Published): Answer<void>
  metrics?(app: AppConfig, as: Credentials, published: readonly Published[]): Answer<ReadonlyMap<string, Metrics>>
  /**
   * New credentials for old. The old refresh token may be dead afterwards: store before use. It runs under a lease that
   * bears two calls, one after the other.
   */
  refresh?(app: AppConfig, as: Credentials): Answer<Credentials>
  /** Is the account usable right now? Reads only. */
  check(app: AppConfig, as: Credentials): Answer<{ readonly scopes: readonly string[] }>
  /** Live use of the network's own quotas. */
  quota?(app: AppConfig, as: Credentials): Answer<readonly Quota[]>
  /** What only this network can tell about a connection: subscriptions, verified domains, audits. Reads only. */
  examine?(app: AppConfig, as: Credentials): Answer<readonly Finding[]>
  readonly webhook?: Webhook
  readonly inbox?: Inbox
}

/** Providers that reach several networks with one key. An account of theirs is on a network, and sent to by the provider. */
export const providerNames = ['ayrshare'] as const
export type ProviderName = (typeof providerNames)[number]

/** A provider: how it is connected, and the adapter through which each network is reached. */
export type Provider = {
  readonly name: ProviderName
  readonly label: string
  readonly connections: readonly ConnectionMethod[]
  /** Reports of all that it reaches come to one address; each says of which network it is. */
  readonly webhook?: Webhook
  readonly reach: Readonly<Partial<Record<PlatformName, Platform>>>
}
