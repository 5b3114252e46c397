import type { Answer } from './answer'
import type { AppConfig, ConnectionMethod, Credentials, Finding, Traits } from './connection'
import type { Inbox } from './inbox'
import type { Limits } from './limits'
import type { NetworkName } from './names'
import type { Choice, OptionField, OptionValues } from './options'
import type { MediaFile, MediaKind, Part, PartKey, Prepared, Published, UploadedMedia } from './part'
import type { ApiVersion, Place } from './place'
import type { Webhook } from './webhook'

export type * from './again'
export type * from './answer'
export type * from './answerable'
export type * from './connection'
export { accountKinds } from './connection'
export type * from './hiding'
export type * from './inbox'
export type * from './incoming'
export { incomingKinds } from './incoming'
export type * from './limits'
export type * from './look'
export type * from './options'
export { fits, ofFile } from './options'
export type * from './part'
export type * from './reply'
export type * from './webhook'

export type PlatformName = NetworkName

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

/** How much of a limit is used, as the network counts it now. */
export type Quota = {
  readonly what: 'posts' | 'replies' | 'deletes' | 'units'
  readonly used: number
  readonly max: number
  readonly windowMs: number
}

/** What a network can do for us. A capability that is absent means "this network cannot". */
export type Platform = {
  readonly name: PlatformName
  readonly label: string
  readonly limits: Limits
  /** The limits of one account, where they hang on its server or plan; `limits` when absent. */
  limitsFor?(traits: Traits): Limits
  /** Where it is, unless the environment says otherwise. */
  readonly place: Place
  readonly apiVersion: ApiVersion
  readonly connections: readonly ConnectionMethod[]
  readonly threads: boolean
  readonly firstComment: boolean
  /** Files that the network fetches from `MediaFile.publicUrl` instead of taking their bytes. */
  readonly fetchesMedia?: readonly MediaKind[]
  /** What must be done before it fetches them, in a sentence that goes before the beginning of our addresses. */
  readonly fetchesAfter?: string
  readonly metricsOffered: readonly Metric[]
  /** What must or may be chosen for a post on this network: privacy, board, subreddit, format. */
  readonly options?: readonly OptionField[]
  /** The options of one account, where some choices are closed to it; `options` when absent. */
  optionsFor?(traits: Traits): readonly OptionField[]
  /** The choices of a field of kind `list`, asked of the network. `given` holds what was chosen so far. */
  choices?(app: AppConfig, as: Credentials, field: string, given: OptionValues): Answer<readonly Choice[]>
  /** What the network itself says against a part before it is scheduled, in sentences: a board's rules, a creator's own limits. Reads only. */
  precheck?(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]>
  /** What the network asks of a part that nobody but it can try, in sentences: patterns of a subreddit. Reads only. */
  untried?(app: AppConfig, as: Credentials, part: Part): Answer<readonly string[]>
  settling(as: Credentials): Settling
  /** Everything random about a part. Called once per part, when the intent is written. */
  newKey(now: Date): PartKey
  /**
   * Brings a file to the network: called with nothing, then with what it answered last while there is `more`. Each answer
   * is stored before the next call, so it goes on after a restart. Harmless when repeated: a file without a post shows
   * nowhere.
   */
  uploadMedia?(app: AppConfig, as: Credentials, file: MediaFile, before?: UploadedMedia): Answer<UploadedMedia>
  /** Asks whether a file that was still being processed is ready. */
  mediaStatus?(app: AppConfig, as: Credentials, media: UploadedMedia): Answer<UploadedMedia>
  /**
   * Readies a part, without anything becoming visible: called with nothing, then with what it answered last, until it is
   * ready. Each answer is stored before the next call, so it goes on after a restart.
   */
  prepare?(app: AppConfig, as: Credentials, part: Part, before: Prepared | undefined): Answer<Prepared>
  /**
   * How long the network is sure to keep what was brought or prepared for something unpublished: what is older is brought
   * anew before anything is sent. Absent where a network names by itself what it has forgotten.
   */
  readonly keepsUnpublishedMs?: number
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
  /** Is the account usable right now? Reads only. `traits` where they may have changed since it was connected. */
  check(app: AppConfig, as: Credentials): Answer<{ readonly scopes: readonly string[]; readonly traits?: Traits }>
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
  readonly place: Place
  readonly apiVersion: ApiVersion
  readonly connections: readonly ConnectionMethod[]
  /** Reports of all that it reaches come to one address; each says of which network it is. */
  readonly webhook?: Webhook
  readonly reach: Readonly<Partial<Record<PlatformName, Platform>>>
}
