import type { Answer } from './answer'
import type { NetworkName } from './names'

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

/** Plain facts of one account that its limits hang on, read when it was connected or checked: a server's own numbers, a plan. JSON. */
export type Traits = Readonly<Record<string, unknown>>

/** One account that a connection gave access to; a person may bring several pages. */
export type ConnectedAccount = {
  /** The network the account is on, where the connection was made through a provider that reaches several. */
  readonly network?: NetworkName
  readonly kind: AccountKind
  readonly traits?: Traits
  /** Who consented, or the bot that speaks there, by the network's own id, where reports name them and not the account. */
  readonly grantedBy?: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl?: string
  readonly profileUrl: string
  readonly credentials: Credentials
  /** What came with it and is not connected, in sentences: each account of a grant says the same. */
  readonly besides?: readonly string[]
}

/** What a network's app needs of the person who runs Posthorn, from the environment. */
export type AppConfig = {
  /** Where the network's API is: the real thing, or the sandbox. */
  readonly apiUrl: string
  /** Where people consent and sign in. */
  readonly webUrl: string
  /** Further hosts of the network, by the names in its place.ts: uploads, analytics, sign-in. */
  readonly hosts: Readonly<Record<string, string>>
  readonly clientId?: string
  readonly clientSecret?: string
  /** What the network signs its reports with. */
  readonly webhookSecret?: string
  /** Where this installation takes the network's reports. */
  readonly reportsUrl?: string
  /** What the network shows in its handshake to prove that it was told of us (Meta, WebSub). */
  readonly webhookVerifyToken?: string
  /** The token of the installation's own bot, on networks where a bot is one (Discord). */
  readonly botToken?: string
  /** The network's public key, hex, where reports are signed with Ed25519 (Discord). */
  readonly webhookPublicKey?: string
  /** How many days back what was said is asked for, at providers that are asked by their history (Ayrshare). */
  readonly historyDays?: number
  /** Told before each call how many units of its network's it takes, where that counts them. */
  readonly spend?: (units: number) => Promise<void>
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

/** Something Posthorn does with an account, and the scopes it takes. */
export type Feature = {
  readonly name: string
  readonly label: string
  readonly scopes: readonly string[]
  /** Accounts go on without it: it was not always asked for, and nobody has to connect again who can do without. */
  readonly spare?: true
}

/** One finding of the connection doctor. `message` says what is so, and what to do about it. */
export type Finding = {
  readonly name: string
  readonly label: string
  readonly state: 'good' | 'advice' | 'problem'
  readonly message: string
}
