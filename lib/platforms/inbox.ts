import type { Again } from './again'
import type { Answer } from './answer'
import type { Answerable } from './answerable'
import type { AppConfig, Credentials } from './connection'
import type { Hiding, HidingSeen } from './hiding'
import type { FetchedFile, Incoming, IncomingKind, Person } from './incoming'
import type { IncomingPage, RecentPost } from './look'
import type { MediaFile, Published, UploadedMedia } from './part'
import type { Settling } from './platform'
import type { Addressee, Confirmation, Reply, Template } from './reply'
import type { WebhookEvent } from './webhook'

/** How an account's public and private messages are received and answered. What is absent, the network does not offer. */
export type Inbox = {
  /** By which ways each kind comes. A kind that is absent cannot be had. */
  readonly ways: Readonly<Partial<Record<IncomingKind, readonly ('webhook' | 'poll' | 'stream')[]>>>
  /** Which kinds can be answered. */
  readonly answers: Readonly<Partial<Record<IncomingKind, Answerable>>>
  /** An answer in public is a post like any other: what `resolve` tells of an address holds for it, too. */
  readonly answersArePosts?: true
  /** Looks at a post read all that stands under it, and hand it over as `IncomingPage.there`. */
  readonly listsWhole?: true
  /** What answers a post stays when the post is taken away: what became of it `again` asks by itself. */
  readonly answersOutlivePosts?: true
  /** The shortest time between two questions about an account or a post, where the network's quota is small. */
  readonly leastPaceMs?: number
  /** How a doubtful answer is settled, where that differs from posts: of every kind, or kind by kind. */
  readonly settling?: Settling | Readonly<Partial<Record<IncomingKind, Settling>>>
  /** Everything since the cursor, oldest first; from the newest page on when there is none. */
  poll?(app: AppConfig, as: Credentials, cursor: string | undefined): Answer<IncomingPage>
  /**
   * The same for what stands under one of our posts, where the network can only be asked post by post. That a post is gone
   * is no failure, and is answered only when it is certain (`nothingUnder`).
   */
  pollPost?(app: AppConfig, as: Credentials, post: Published, cursor: string | undefined): Answer<IncomingPage>
  /**
   * The account's last posts, `mostRecent` at most, in one call: what it posted in the network's own app is known in no
   * other way. For networks that can only be asked post by post.
   */
  recentPosts?(app: AppConfig, as: Credentials): Answer<readonly RecentPost[]>
  /** What became of things that were said. */
  readonly again?: Again
  /** How something is hidden. */
  readonly hiding?: Hiding
  /** What a webhook's event says to the account `as`. Empty when it is about something else. */
  read?(event: WebhookEvent, app?: AppConfig, as?: Pick<Credentials, 'scopes'>): readonly Incoming[]
  /** What a webhook's event says was hidden or shown again, and when (ISO 8601 in UTC). Empty when it is about something else. */
  readHidings?(event: WebhookEvent): readonly (HidingSeen & { readonly at: string })[]
  /** What a webhook's event says of an answer of ours. Empty when it is about something else. */
  confirm?(app: AppConfig, event: WebhookEvent): readonly Confirmation[]
  /** Who somebody is that a report named by their id alone. Undefined when the network tells it to nobody. */
  identify?(app: AppConfig, as: Credentials, externalId: string): Answer<Person | undefined>
  /**
   * Whether something bare is to be taken as it was told after all, where the account's own keys tell that without a call.
   * Nothing is when absent.
   */
  isWhole?(as: Credentials, bare: Incoming): boolean
  /**
   * What is bare in a report, with its words; as it was where the network tells them to nobody. Undefined for what is better
   * heard by the next look, which brings it.
   */
  complete?(app: AppConfig, as: Credentials, bare: Incoming): Answer<Incoming | undefined>
  /** Brings a file that came with something, unless it has more than `mostBytes`. `ask` is of `IncomingFile`. */
  fetchFile?(app: AppConfig, as: Credentials, ask: unknown, mostBytes: number): Answer<FetchedFile>
  /** What may be sent when the time to answer freely is over. */
  templates?(app: AppConfig, as: Credentials): Answer<readonly Template[]>
  /**
   * Holds a connection open and hands over what comes until `signal` ends it. Resolves when it is over, for whatever
   * reason. `cursor` is where asking stands; `mark` the last that a line gave. `holds` tells which of these names, a
   * thousand at most, are of something that we have and nobody took away: for lines that tell of everybody's ends.
   * `reactionsTo` names those to a message that nobody took back, a thousand at most, in an order that `after` goes
   * on in: for lines that tell of the end of all at once, or not of what they passed.
   */
  stream?(
    app: AppConfig,
    as: Credentials,
    q: {
      readonly cursor: string | undefined
      readonly mark?: string | undefined
      readonly signal: AbortSignal
      holds(externalIds: readonly string[]): Promise<ReadonlySet<string>>
      reactionsTo(message: string, after: string | undefined): Promise<readonly string[]>
      onPage(page: IncomingPage): Promise<void>
    },
  ): Answer<void>
  /**
   * What names the line that an account hears by, where several share one (all channels of a Discord bot): the same for
   * all of them, and no secret. Those that share it listen in one process.
   */
  sharedLine?(app: AppConfig, as: Credentials): string
  /** Whether there is a line at all, where that hangs on the settings; there is when absent. */
  streams?(app: AppConfig): boolean
  /**
   * Brings a file of an answer, where that is not done as with a post. Nobody sees it before the answer is there, and
   * doing it again harms nobody.
   */
  bringFile?(app: AppConfig, as: Credentials, file: MediaFile, to: Addressee): Answer<UploadedMedia>
  /** Tells a person that they were read, up to this message. Harmless when it is told again. */
  markRead?(app: AppConfig, as: Credentials, read: Pick<Addressee, 'externalId'>): Answer<void>
  /** Answers once. Never retries by itself. */
  reply?(app: AppConfig, as: Credentials, reply: Reply): Answer<Published>
  /** Looks for an answer that may have been given since `since`. A failed read is an error, never "not there". */
  findReply?(app: AppConfig, as: Credentials, reply: Reply, since: Date): Answer<Published | undefined>
}
