import type { Result } from '@/lib/core/result'
import type { NetworkName, TextRule } from './text'

/** The networks that have an adapter. */
export const platformNames = ['x', 'linkedin', 'bluesky'] as const
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
  /** The request may have gone through: look before trying again. */
  | { readonly code: 'outcome_unknown'; readonly reason: string }

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
  /** Base address of the account's own server, on networks that have many (Bluesky's PDS). */
  readonly server?: string
}

/** One account that a connection gave access to; a person may bring several pages. */
export type ConnectedAccount = {
  readonly kind: 'person' | 'page'
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
  readonly clientId?: string
  readonly clientSecret?: string
  readonly webhookSecret?: string
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
      readonly pkce: boolean
      /** The consent page's address. Pure. */
      authorizeUrl(app: AppConfig, q: { state: string; challenge: string; redirectUri: string }): string
      exchange(
        app: AppConfig,
        q: { code: string; verifier: string; redirectUri: string },
      ): Answer<readonly ConnectedAccount[]>
    }
  | {
      readonly kind: 'password'
      readonly name: string
      readonly label: string
      readonly help: string
      readonly fields: readonly {
        readonly name: 'handle' | 'password' | 'server'
        readonly label: string
        readonly hint: string
        readonly secret: boolean
        readonly optional: boolean
      }[]
      signIn(
        app: AppConfig,
        q: { handle: string; password: string; server?: string },
      ): Answer<readonly ConnectedAccount[]>
    }

export type MediaKind = 'image' | 'gif' | 'video'

/** A file ready to be sent. `open` may be called again for a retry and streams from storage. */
export type MediaFile = {
  readonly id: string
  readonly kind: MediaKind
  readonly mime: string
  readonly sizeBytes: number
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
  readonly alt: string
  open(): ReadableStream<Uint8Array>
}

/** The network's own handle on an uploaded file. `ready: false` asks to be looked at again after `checkAfterMs`. */
export type UploadedMedia = { readonly ref: unknown; readonly ready: boolean; readonly checkAfterMs?: number }

/** A post that exists at the network. `ref` is whatever the adapter needs to answer or delete it (an id, a URI with its CID). */
export type Published = { readonly externalId: string; readonly url: string; readonly ref: unknown }

/**
 * One thing that will appear at the network: a post, a further post of its thread, or its first comment.
 * Everything random is in `key`, fixed before the first byte is sent, so that any retry is byte-identical.
 */
export type Part = {
  readonly kind: 'post' | 'reply' | 'comment'
  readonly text: string
  readonly link?: { readonly url: string; readonly title?: string; readonly description?: string }
  readonly media: readonly {
    readonly kind: MediaKind
    readonly alt: string
    readonly width?: number
    readonly height?: number
    readonly ref: unknown
  }[]
  readonly replyTo?: { readonly root: Published; readonly parent: Published }
  readonly key: PartKey
}

/** Made once by `newKey`, stored with the intent as JSON. `createdAt` is ISO 8601 in UTC. */
export type PartKey = { readonly createdAt: string; readonly recordKey?: string }

/**
 * How an unknown outcome is settled for an account:
 * `own_key`: we chose the key, so reading it says yes or no, and sending again with it cannot double;
 * `read_back`: the account's own posts can be listed and compared; absent means absent only after `lagMs`, read twice;
 * `person`: the network offers no read at all.
 */
export type Settling =
  | { readonly by: 'own_key' }
  | { readonly by: 'read_back'; readonly lagMs: number }
  | { readonly by: 'person' }

export type Metric = 'impressions' | 'likes' | 'comments' | 'shares' | 'quotes' | 'saves' | 'clicks'
/** Totals since publication. A metric that is absent is not offered by the network; never 0. */
export type Metrics = Readonly<Partial<Record<Metric, number>>>

/** Counting and media rules; each number names the page it came from in the adapter's limits.ts. */
export type Limits = {
  readonly text: TextRule
  readonly images: {
    readonly max: number
    readonly mimes: readonly string[]
    readonly maxBytes: number
    readonly altMax: number
    /** `maxBytes` when absent. */ readonly gifMaxBytes?: number
  }
  readonly video: {
    readonly mimes: readonly string[]
    readonly maxBytes: number
    readonly minMs: number
    readonly maxMs: number
  }
  readonly threadMax: number
  /** Where a link goes: into the text, where it counts, or a card. A card beside media, and counting nothing, when absent. */
  readonly link?: { readonly inText: boolean; readonly besideMedia: boolean }
  /** Shown before scheduling, in millionths of a US dollar; absent where posting is free. */
  readonly price?: { readonly postMicros: number; readonly postWithLinkMicros: number }
}

/** An event a network told us by webhook. `raw` is the network's own JSON. */
export type WebhookEvent = {
  readonly externalId: string
  readonly type: string
  readonly accountExternalId: string
  readonly raw: unknown
  /** Set when the event proves that one of our own posts exists. */
  readonly published?: { readonly externalId: string; readonly url: string; readonly text: string; readonly at: string }
}

export type Webhook = {
  /** The answer to the network's handshake; undefined when the query is not one. */
  handshake(app: AppConfig, query: URLSearchParams): { readonly body: string; readonly contentType: string } | undefined
  /** Checks the signature over the raw bytes, in constant time. */
  verify(app: AppConfig, rawBody: Uint8Array, headers: Headers): boolean
  /** Fails when the body is not what the network documents. */
  read(rawBody: Uint8Array, app?: AppConfig): Result<readonly WebhookEvent[], { readonly reason: string }>
}

/** What a network can do for us. A capability that is absent means "this network cannot". */
export type Platform = {
  readonly name: PlatformName
  readonly label: string
  readonly limits: Limits
  readonly apiVersion: string
  readonly connections: readonly ConnectionMethod[]
  readonly threads: boolean
  readonly firstComment: boolean
  readonly metricsOffered: readonly Metric[]
  settling(as: Credentials): Settling
  /** Everything random about a part. Called once per part, when the intent is written. */
  newKey(now: Date): PartKey
  /** Sends one part. Never retries by itself. */
  publish(app: AppConfig, as: Credentials, part: Part): Answer<Published>
  /** Looks for a part that may have been sent since `since`. A failed read is an error, never "not there". */
  findPublished?(app: AppConfig, as: Credentials, part: Part, since: Date): Answer<Published | undefined>
  /** Brings a file to the network. Harmless when repeated: a file without a post shows nowhere. */
  uploadMedia(app: AppConfig, as: Credentials, file: MediaFile): Answer<UploadedMedia>
  /** Asks whether a file that was still being processed is ready. */
  mediaStatus?(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia>
  /** Takes a published part away again. Succeeds when it is already gone. */
  remove?(app: AppConfig, as: Credentials, published: Published): Answer<void>
  metrics?(app: AppConfig, as: Credentials, published: readonly Published[]): Answer<ReadonlyMap<string, Metrics>>
  /** New credentials for old. The old refresh token may be dead afterwards: store before use. */
  refresh?(app: AppConfig, as: Credentials): Answer<Credentials>
  /** Is the account usable right now? Reads only. */
  check(app: AppConfig, as: Credentials): Answer<{ readonly scopes: readonly string[] }>
  readonly webhook?: Webhook
}
