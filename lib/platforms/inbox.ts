import type {
  Answer,
  AppConfig,
  Credentials,
  MediaFile,
  MediaKind,
  PartKey,
  PartMedia,
  Published,
  Settling,
  UploadedMedia,
  WebhookEvent,
} from './platform'
import type { TextRule } from './text'

/** What people can do to an account. */
export const incomingKinds = ['comment', 'mention', 'dm', 'review', 'reaction', 'share'] as const
export type IncomingKind = (typeof incomingKinds)[number]

export type Person = {
  readonly externalId: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl?: string
  readonly followers?: number
  /** The network named them by their id alone: handle and name only stand in, until `Inbox.identify` tells. */
  readonly nameless?: true
}

/** A file that came with something. One without `url` and without `ask` is there and cannot be had. */
export type IncomingFile = {
  readonly kind: Exclude<MediaKind, 'document'> | 'audio' | 'file'
  /** Where anybody may see it for good. */
  readonly url?: string
  /** What `Inbox.fetchFile` wants to know, where the address wants a token or ends: it is brought once, and kept here. Holds no secret. */
  readonly ask?: unknown
  /** As its sender called it. */
  readonly name?: string
  /** As its sender described it. */
  readonly alt?: string
}

/** A file as the network gave it. `gone`: to nobody any more. */
export type FetchedFile =
  | { readonly state: 'here'; readonly bytes: Uint8Array }
  | { readonly state: 'too_large' }
  | { readonly state: 'gone' }

/** Something said or done to an account, in our words. Plain JSON. */
export type Incoming = {
  /** The network's own name for it; the same however often and by whichever way it comes. */
  readonly externalId: string
  readonly kind: IncomingKind
  readonly change: 'new' | 'edited' | 'deleted'
  readonly text: string
  /** Which language that is, as a BCP 47 code, where the network says: by its own guess, or its author's settings. */
  readonly language?: string
  /** ISO 8601 in UTC, by the network's clock. */
  readonly at: string
  readonly author: Person
  /** Written by the account itself: an echo of ours, or somebody answered in the network's own app. */
  readonly own: boolean
  /** What belongs together: the root of a thread, a chat. */
  readonly conversation: string
  /**
   * It stands wherever its `parent` stands, whichever comes first: for networks that name what a message answers, and not
   * what began the talk. `conversation` is then the name of `parent`, and counts while that is not held; and for good where
   * somebody here, or a rule, did something to the conversation that began so.
   */
  readonly conversationOf?: 'parent'
  /** What it answers. */
  readonly parent?: string
  /** Our post that it stands under, by `Published.externalId`. */
  readonly post?: string
  readonly url?: string
  readonly media: readonly IncomingFile[]
  /** 1 to 5, for reviews. */
  readonly rating?: number
  /** For reviews that say yes or no in the place of stars. */
  readonly recommends?: boolean
  /** What was given, for reactions: an emoji, or the network's word. */
  readonly reaction?: string
  /** Whatever the adapter needs to answer it. Never null: that is what nobody but an import has told of. */
  readonly ref: unknown
  /** The report does not say all that must be known: `Inbox.complete` tells. */
  readonly bare?: true
  /**
   * The report does not say what it answers: `parent` is absent, and `ref` and `conversation` only stand in. What any other
   * report of the same says of them stands, and the message goes there as soon as it comes, with what answers it and, once
   * nothing else stands there, with all that was done about it.
   */
  readonly unplaced?: true
}

/** A post of the account, whoever published it by whatever way. */
export type RecentPost = {
  readonly post: Published
  /** ISO 8601 in UTC. */
  readonly at: string
  /** Where asking what stands under it begins: what was said long before is history. */
  readonly cursor: string
}
/** So many posts of an account are watched that it did not publish from here. */
export const mostRecent = 25

/**
 * `gone`: the post was taken away, and whoever asks is refused nothing else, so that it is not merely shown to us no more.
 * `closed`: comments are switched off under it, which says nothing of what was said there before.
 */
export type PostEnd = 'gone' | 'closed'

/** What stands under a post, for whoever holds something of it to find what is new, reads otherwise, or is gone. */
export type StandsUnder = {
  readonly post: string
  readonly there: readonly Incoming[]
  /** It was read to its end: what stood there before and is not among it was taken away. */
  readonly whole: boolean
  /** ISO 8601 in UTC, by our clock: a network may hand out what it read a while ago. */
  readonly asOf: string
  /** The post itself was taken away; nobody looks a second time before that is believed. */
  readonly end?: Extract<PostEnd, 'gone'>
}

/** What `Inbox.pollPost` answers of a post under which nothing stands for such a reason. */
export const nothingUnder = (end: PostEnd, cursor: string | undefined): IncomingPage => ({
  items: [],
  cursor: cursor ?? '',
  more: false,
  end,
})

export type IncomingPage = {
  readonly items: readonly Incoming[]
  /** Where to go on, next time. Opaque. */
  readonly cursor: string
  /** There is more right now. */
  readonly more: boolean
  /** What of it the network refuses to show, each in a sentence: the rest is told, and this asked for again next time. */
  readonly missing?: readonly string[]
  /** ISO 8601 in UTC: when the network says that it will have looked anew. Asking before that brings nothing. */
  readonly nextAt?: string
  /**
   * Of a post: all that stands under it, read to its end in this very look (`Inbox.listsWhole`). What stood there before
   * and is not among it was taken away.
   */
  readonly there?: readonly Incoming[]
  /** Of a post, in the place of what stands under it: why nothing does. */
  readonly end?: PostEnd
  /** Of an account that is asked about all its posts at once: what stands under them. None of it is among `items`. */
  readonly under?: readonly StandsUnder[]
  /** Where a line was when it said this, if it can be taken up from there again. Opaque; of streams alone. */
  readonly mark?: string
  /** Which of what was read is hidden, and which is not, where the network says. */
  readonly hidings?: readonly HidingSeen[]
  /** What came along about others than the asker (all accounts of a bot share its news): handed on as if it had been reported. */
  readonly reports?: readonly WebhookEvent[]
}

/** What became of something that was said. `gone`: to the account, by whoever took it away. */
export type Standing =
  | { readonly state: 'gone' }
  | {
      readonly state: 'there'
      readonly text: string
      /** Absent where the answer does not tell of files. */
      readonly media?: Incoming['media']
      /** ISO 8601 in UTC: when it was last changed, where the network says. */
      readonly editedAt?: string
      /** Whether strangers do not see it, where the network says. */
      readonly hidden?: boolean
    }

/** How a network is asked what became of things said, where neither its news nor a list of all that stands tell of it. */
export type Again = {
  readonly kinds: readonly IncomingKind[]
  /** So many are asked about at once. */
  readonly most: number
  /**
   * Each question is billed, with so many millionths of a dollar: so many are asked in a day for an account, about what
   * waits for an answer alone, and about each once a day.
   */
  readonly billed?: { readonly mostADay: number; readonly eachMicros: number }
  /**
   * By `Incoming.externalId`; of what is not among it nothing is known for certain. `said` as it was heard last, `most`
   * at most.
   */
  look(app: AppConfig, as: Credentials, said: readonly Incoming[]): Answer<ReadonlyMap<string, Standing>>
}

/** Whether something is hidden from strangers, by whoever hid it. */
export type HidingSeen = { readonly externalId: string; readonly hidden: boolean }

/** What is said under our own posts is kept from strangers by its network, and shown again. What is so already stays so. */
export type Hiding = {
  readonly kinds: readonly IncomingKind[]
  /** What answers the post itself alone: what stands below it is hidden with it. */
  readonly topOnly?: true
  /** What becomes of it there, in sentences. */
  readonly effect: string
  /** What the account must have allowed, where that was not always asked for. */
  readonly scope?: string
  hide(app: AppConfig, as: Credentials, said: Addressee, hidden: boolean): Answer<void>
  /** How it is taken away for good, where the network lets whoever's post it stands under do so. What is gone already is so. */
  readonly deleting?: {
    /** What becomes of it there, in sentences. */
    readonly effect: string
    take(app: AppConfig, as: Credentials, said: Addressee): Answer<void>
  }
}

export const goneForAll = 'It is gone there for everybody, with what answers it. Its author is not told.'
export const notForStrangers = 'Strangers no longer see it there. Its author is not told, and may still see it.'

/** What is needed to answer something. */
export type Addressee = Pick<Incoming, 'externalId' | 'kind' | 'conversation' | 'parent' | 'post' | 'ref'>
export type Reply = {
  readonly to: Addressee
  readonly text: string
  readonly media?: readonly PartMedia[]
  readonly key: PartKey
  /** For nobody but its author, by their `Person.externalId`: a message in the chat that goes by that name. */
  readonly privately?: { readonly person: string }
  /** No person wrote or approved it. */
  readonly byProgram?: true
  /** When the person in this chat wrote last, as known when the answer was fixed: ISO 8601 in UTC. Of chats alone. */
  readonly heardAt?: string
  /** Sent in the place of free words; `text` is how it reads with its values. */
  readonly template?: ChosenTemplate
}

/** Words that the network approved beforehand, with places for values: `{{1}}` is the first. */
export type Template = {
  readonly name: string
  readonly language: string
  readonly text: string
  /** How many values it wants. */
  readonly values: number
  readonly category?: string
}
export type ChosenTemplate = {
  readonly name: string
  readonly language: string
  readonly values: readonly string[]
}

/** What a network reports of an answer of ours. */
export type Confirmation = {
  /** `PartKey.recordKey` of the answer, where the report carries it. */
  readonly key?: string
  readonly published: Published
  /** ISO 8601 in UTC. */
  readonly at: string
  /** Why it reached nobody, in a sentence: the network took it, and refused it afterwards for certain. */
  readonly refused?: string
}

/** Within what time of the last message something can be answered (milliseconds), where the network says. */
export type Answerable = {
  readonly windowMs?: number
  /** By a program, where the last part of the time is for people of flesh and blood. */
  readonly byProgramMs?: number
  readonly rule?: string
  /** Beside what all read, where the network has that. */
  readonly privately?: PrivateAnswers
  /** Which files may go with it; none when absent. Each must be one that a post takes, unless it says otherwise. */
  readonly media?: AnswerFiles
}
/** What was said in public is answered with a message to its author alone, in words, once and never again. */
export type PrivateAnswers = {
  /** Within what time of it (milliseconds). */
  readonly windowMs: number
  readonly rule: string
}
export type AnswerFiles = {
  readonly kinds: readonly MediaKind[]
  readonly max: number
  /** Pictures and films beside each other; otherwise pictures, or one film. */
  readonly mixed?: true
  /** A file is an answer of its own there, without words: one message holds words or a file. */
  readonly apart?: true
  /** How the words are counted beside files, where that differs. Plain JSON. */
  readonly caption?: TextRule
  /** What is taken of a kind, where that is not as with a post. Plain JSON. */
  readonly rules?: Readonly<Partial<Record<MediaKind, FileRule>>>
}
export type FileRule = { readonly mimes: readonly string[]; readonly maxBytes: number }

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
