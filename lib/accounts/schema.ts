import { z } from 'zod'
import type { Lane } from './circuit-rules'
import type { AccountKind, ConnectionMethod, Finding, FormField, Settling } from '@/lib/platforms/platform'

const id = z.string().min(1).max(64)

export const StartConnection = z.object({
  platform: z.string().max(40),
  method: z.string().max(40),
  /** On networks of many servers: `mastodon.social`, with or without https. */
  server: z.string().trim().max(253).optional(),
  projectId: id.optional(),
  /** The account that is to be connected again. */
  accountId: id.optional(),
})
/** What a network sends people back with. Exactly one of `code` and `error` is there when the network behaves. */
export const FinishConnection = z.object({
  platform: z.string().max(40),
  state: z.string().max(400),
  code: z.string().max(4_000).optional(),
  error: z.string().max(400).optional(),
})
/** What was filled in, by the names of the method's fields. */
export const FormConnection = z.object({
  platform: z.string().max(40),
  method: z.string().max(40),
  values: z.record(z.string().max(40), z.string().max(4_000)),
  projectId: id.optional(),
  /** The account that is to be connected again. */
  accountId: id.optional(),
})
export const OneAccount = z.object({ accountId: id })
export const SetAccountProject = z.object({ accountId: id, projectId: id.nullable() })
export const SetAccountSwitches = z
  .object({ accountId: id, looksAgain: z.boolean().optional(), showsRead: z.boolean().optional() })
  .refine(({ looksAgain, showsRead }) => looksAgain !== undefined || showsRead !== undefined, {
    path: ['looksAgain'],
    message: 'is needed, or showsRead',
  })
export const ListAccounts = z.object({
  /** Only these. */
  ids: z.array(id).max(200).readonly().optional(),
  projectId: id.optional(),
  includeDisconnected: z.boolean().default(false),
  cursor: id.optional(),
  take: z.number().int().min(1).max(200).default(100),
})
export const EveryAccount = z.object({ includeDisconnected: z.boolean().default(false) })

export type AccountState = 'healthy' | 'needs_reconnect' | 'disconnected'

/** Something of an account that is left alone until an ISO instant; `why` ends a sentence that begins with "because". */
export type Pause = { readonly lane: Lane; readonly until: string; readonly why: string }

/** What an account does by itself unless it is told not to; null where its network has nothing of the kind. */
export type AccountSwitches = {
  /** Asks what became of what was said, so many times a day at most, each for so many millionths of a dollar. */
  readonly looksAgain: { readonly on: boolean; readonly mostADay: number; readonly eachMicros: number } | null
  /** Tells people that they were read, once a person of ours answered or was done. */
  readonly showsRead: { readonly on: boolean } | null
}

/** A connected account with its health. All times are ISO instants. */
export type AccountCard = {
  readonly id: string
  readonly platform: string
  readonly platformLabel: string
  readonly method: string
  readonly kind: AccountKind
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl: string | null
  readonly profileUrl: string
  /** The account's own server, on networks of many. */
  readonly server: string | null
  readonly projectId: string | null
  readonly state: AccountState
  readonly scopesGranted: readonly string[]
  /** Scopes the product asks for and did not get: features that need them will not work. */
  readonly scopesMissing: readonly string[]
  readonly tokenIssuedAt: string
  readonly tokenExpiresAt: string | null
  /** True when the token renews itself. */
  readonly renews: boolean
  readonly lastError: { readonly message: string; readonly at: string } | null
  readonly lastCheckedAt: string | null
  readonly switches: AccountSwitches
  /** What is not asked of its network for a while. */
  readonly paused: readonly Pause[]
  /** How an unknown outcome is settled. */
  readonly settledBy: Settling['by']
}

/** What an account is called, where one is chosen or named. */
export type AccountName = Pick<AccountCard, 'id' | 'platform' | 'platformLabel' | 'handle' | 'displayName'>
/** `why` is a sentence, where the network gave one. */
export type AccountInNeed = AccountName & { readonly why: string | null }

/** What became of a connection: the accounts that work now, and those that stay disconnected. */
export type Connected = {
  readonly accounts: readonly NamedAccount[]
  /** Given by the network as well, and left as they were: somebody had disconnected them. */
  readonly left: readonly NamedAccount[]
  /** What else there was and is not connected, in sentences. */
  readonly notes: readonly string[]
}
type NamedAccount = { readonly id: string; readonly handle: string }

export const handlesOf = (accounts: readonly NamedAccount[]): string[] => accounts.map(({ handle }) => handle)

/** A way to connect accounts, and whether this installation can offer it. */
export type ConnectionOffer = {
  readonly platform: string
  readonly platformLabel: string
  /** True when it reaches several networks with one key. */
  readonly isProvider: boolean
  readonly method: string
  readonly label: string
  readonly kind: ConnectionMethod['kind']
  /** Environment variables that are not set. Empty when it can be used. */
  readonly missing: readonly string[]
  readonly help: string
  readonly helpUrl: string | null
  readonly fields: readonly FormField[]
  /** Asked for before the consent, on networks of many servers. */
  readonly server: { readonly label: string; readonly hint: string } | null
  readonly sandbox: boolean
  /** What an account of the sandbox is connected with, by field; null at a real network. */
  readonly example: Readonly<Record<string, string>> | null
}

/** A finding of the connection doctor, with a value that people need elsewhere: an address to register at the network. */
export type Examined = Finding & { readonly copy?: string }
