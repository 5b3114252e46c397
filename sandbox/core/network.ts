import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Blobs } from './blobs'
import type { Call, Reply, Route } from './call'
import type { Hooks } from './hooks'
import type { Posts } from './posts'
import type { SampleFile } from './sample-files'
import type { Account, Attachment, Media, NetworkState, Post, Segment, Settings } from './state'
import type { Tokens } from './tokens'
import type { Window } from './windows'

/** What a network may use: its own memory, the clock, and the shared machinery. */
export type World = {
  readonly state: NetworkState
  readonly settings: Settings
  readonly tokens: Tokens
  readonly posts: Posts
  readonly blobs: Blobs
  readonly hooks: Hooks
  /** Milliseconds of the sandbox's own clock, which tests may turn forward. */
  now(): number
  /** Rises by one each time; no two calls of the process or of its successors get the same. */
  serial(): number
  /** Where this network is reached, without a slash at the end. */
  url(): string
}

/** An app that somebody made at a network, as its pages for developers show it to them. */
export type DeveloperApp = {
  readonly clientId?: string
  readonly clientSecret?: string
  readonly webhookSecret?: string
  readonly webhookVerifyToken?: string
  readonly webhookPublicKey?: string
  readonly botToken?: string
}

/**
 * How somebody gets in, by the name of the door: whom to choose on the consent page, or what to fill in.
 */
export type Visit = { readonly door: string; readonly choose: string } | FillIn
export type FillIn = { readonly door: string; readonly fillIn: Readonly<Record<string, string>> }

/** A network in its own words. One folder each, whose `index.ts` exports it by the folder's name. */
export type Network = {
  readonly name: string
  readonly label: string
  /** How far its port is from the admin's. One that was taken is never given to another: a demo remembers addresses. */
  readonly port: number
  /** The apps there are from the beginning, by what they are for; `default` for all that have none of their own. */
  readonly apps: { readonly default: DeveloperApp } & Readonly<Record<string, DeveloperApp>>
  /** Hosts that are listened to only where they are named, all at this one's address: `jetstream` by `BLUESKY_JETSTREAM_URL`. */
  readonly hosts?: readonly string[]
  /** The accounts that the demo connects, and how. */
  readonly demo: readonly Visit[]
  /** What may be filled in at doors by which the demo does not come. */
  readonly examples?: readonly FillIn[]
  seed(world: World): void
  /** Makes an account for tests. */
  createAccount(
    world: World,
    wish: { handle: string; name: string; kind: 'person' | 'page'; password?: string },
  ): Account
  open(world: World): OpenNetwork
}

export type OpenNetwork = {
  readonly routes: readonly Route[]
  /** Account ids and handles this call acts for, the most exact first. Used to aim faults. */
  accountsOf(call: Call): readonly string[]
  /** Whose quota a call is counted on, where that is not the account it acts for. */
  countedOn?(call: Call): string | undefined
  /** What a publishing call would show, for faults that are asked for in words. */
  textOf(call: Call): string | undefined
  rateLimited(call: Call, window: Window, explicit: boolean): Reply
  internalError(call: Call): Reply
  notFound(call: Call): Reply
  rateHeaders(window: Window): Record<string, string>
  profilePath(account: Account): string
  permalinkPath(post: Post): string
  readonly signIn: string
  /** What `expired_token` does where the token is none of OAuth's bearers. */
  expire?(call: Call): void
  /** Takes a connection that becomes a WebSocket. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Is an answer a refusal although its status says otherwise? */
  isRefusal?(reply: Reply): boolean
  /** What readers can do to an account. */
  verbs(account: Account): Verbs
  /** Does what `verbs` has. @returns undefined where that wants words that were said before, and there are none */
  speak(spoken: Spoken): { readonly id: string } | undefined
  /** A reader changed their words, or took them back: told as the network would, where it does. */
  tellChange?(post: Post, how: 'edited' | 'remove'): void
  /** An account's owner hides what others said under its posts, or shows it again, at the network itself. */
  hide?(post: Post, hidden: boolean): void
  /** An app's owner writes into the developer's pages where reports go. @returns why the address was not taken, if so. */
  portal?(wish: HookWish): Promise<NotTaken | undefined>
}

/** Why an address is not reported to. `isSilent`: it did not answer at all, or not in time. */
export type NotTaken = { readonly why: string; readonly isSilent: boolean }

/** What an app's owner says of its webhooks. */
export type HookWish = { readonly clientId: string; readonly url: string; readonly verifyToken: string }

/**
 * What each thing that readers do wants: a post to do it to, something that the account said to them, or nothing. What
 * is not here cannot be done.
 */
export type Verbs = Readonly<Partial<Record<Spoken['kind'], 'nothing' | 'post' | 'message'>>>

/** Something a reader does: it is in the network's lists and reported by webhook as the network would. */
export type Spoken = {
  readonly kind: 'comment' | 'mention' | 'quote' | 'dm' | 'review' | 'reaction' | 'share' | 'like'
  readonly account: Account
  readonly by: { readonly id: string; readonly handle: string; readonly name: string }
  readonly text: string
  readonly on?: Post
  /** What comes with it, on networks where files can be sent. */
  readonly file?: SampleFile
  /** For reviews; they do when it is not said. */
  readonly recommends?: boolean
}

export type NewPost = {
  readonly id: string
  readonly account: Account
  readonly kind: Post['kind']
  readonly text: string
  readonly rich: readonly Segment[]
  readonly record: unknown
  readonly media?: readonly Attachment[]
  readonly card?: Post['card']
  readonly poll?: readonly string[]
  readonly parentId?: string
  readonly rootId?: string
  readonly key?: string
  readonly cid?: string
  /** Until then it is processed: nobody sees it yet. */
  readonly shownInMs?: number
}

/** Shows a post. The one place where something visible comes to be. */
export function show(world: World, call: Pick<Call, 'faults'>, post: NewPost): Post {
  const { account, media = [], shownInMs = 0, ...rest } = post
  const delay = call.faults.get('delayed_visibility')
  delay?.consume()
  const now = world.now()
  return world.posts.add({
    ...rest,
    accountId: account.id,
    media,
    createdAt: now,
    visibleAt: now + shownInMs + (delay?.param ?? 0),
  })
}

/** When a file that takes `usualMs` to be processed will be ready. */
export function readyAt(world: World, call: Pick<Call, 'faults'>, usualMs: number): number {
  const slow = call.faults.get('slow_media')
  slow?.consume()
  return world.now() + usualMs + (slow?.param ?? 0)
}

/** Gives somebody an account, now. */
export function addAccount(
  world: World,
  who: Pick<Account, 'id' | 'handle' | 'name' | 'kind'> & Partial<Pick<Account, 'bio' | 'password' | 'managers'>>,
): Account {
  const account: Account = { bio: '', password: '', managers: [], ...who, createdAt: world.now() }
  world.state.accounts.push(account)
  return account
}

export function accountById(world: World, id: string): Account | undefined {
  return world.state.accounts.find((a) => a.id === id)
}

export function accountByHandle(world: World, handle: string): Account | undefined {
  return world.state.accounts.find((a) => a.handle.toLowerCase() === handle.toLowerCase())
}

export function mediaById(world: World, id: string): Media | undefined {
  return world.state.media.find((m) => m.id === id)
}
