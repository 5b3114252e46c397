import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scene } from '../scenario/scenes'
import type { Fault } from './faults'
import type { Token, AuthorizationCode } from './tokens'

/** A stretch of a text as a reader sees it; a link when `href` is there. */
export type Segment = { readonly text: string; readonly href?: string }

export type Account = {
  readonly id: string
  readonly handle: string
  readonly name: string
  readonly kind: 'person' | 'page'
  readonly bio: string
  readonly password: string
  /** Account ids of the people who may act for a page. */
  readonly managers: readonly string[]
  readonly createdAt: number
}

export type Attachment = {
  readonly blob: string
  readonly mime: string
  readonly alt: string
  /** Of a film: the blob of the picture that stands for it. */
  readonly cover?: string
}

/** What readers do to a post that leaves nothing but a number. */
export type Deed = 'likes' | 'shares'

/** Anything a reader can see: a post, an answer or a comment. Kept after deletion, so that effects stay facts. */
export type Post = {
  readonly id: string
  readonly accountId: string
  readonly kind: 'post' | 'reply' | 'comment'
  /** What the author asked for, before the network's own changes. */
  text: string
  rich: readonly Segment[]
  readonly createdAt: number
  /** Not in listings or reads before this instant. */
  readonly visibleAt: number
  deletedAt?: number
  readonly parentId?: string
  readonly rootId?: string
  readonly media: readonly Attachment[]
  readonly card?: {
    readonly url: string
    readonly title: string
    readonly description: string
    /** The address of its picture. */
    readonly thumb?: string
  }
  readonly poll?: readonly string[]
  /** Who did what to it without a word. */
  given?: Partial<Record<Deed, string[]>>
  /** The caller's own key for it, where the network has one. */
  readonly key?: string
  /** The network's own JSON for it. */
  record: unknown
  cid?: string
}

export type Media = {
  readonly id: string
  readonly ownerId: string
  readonly kind: 'image' | 'gif' | 'video' | 'document'
  readonly mime: string
  readonly totalBytes: number
  blob?: string
  /** Of a film: the blob of the picture that stands for it. */
  cover?: string
  alt: string
  /** Blob names of the parts received, by their index. */
  parts: Record<string, { readonly blob: string; readonly etag: string }>
  startedAt?: number
  readyAt?: number
  /** Where networks forget what no post shows: since when it is there, and whether one does. */
  at?: number
  used?: boolean
  failure?: string
  readonly secret: string
}

export type Hook = {
  readonly id: string
  readonly url: string
  readonly createdAt: number
  valid: boolean
  readonly clientId: string
}
export type Subscription = {
  readonly id: string
  readonly hookId: string
  readonly eventType: string
  readonly accountId: string
  readonly tag?: string
  readonly createdAt: number
}

/** What one network remembers. Plain JSON. */
export type NetworkState = {
  accounts: Account[]
  posts: Post[]
  media: Media[]
  codes: AuthorizationCode[]
  tokens: Token[]
  hooks: Hook[]
  subscriptions: Subscription[]
  /** Of the bodies of all requests: what was sent twice counts twice. */
  receivedBytes?: number
  /** Small facts of one network alone, by name. */
  facts: Record<string, string>
}

export type Settings = {
  rateLimits: boolean
  refuseDuplicates: boolean
  hideCommenters: boolean
  /** Whether Meta has approved no app for the tag HUMAN_AGENT. */
  refuseHumanAgents: boolean
  /** For how long Ayrshare hands out the same copy of comments; its own ten minutes when absent. */
  copyMs?: number
}

export type State = {
  clockOffsetMs: number
  serial: number
  settings: Settings
  faults: Fault[]
  /** How often a word in a text has fired, by network, account, fault and text. */
  wordsFired: Record<string, number>
  networks: Record<string, NetworkState>
  scenes: Scene[]
}

export function emptyNetworkState(): NetworkState {
  return { accounts: [], posts: [], media: [], codes: [], tokens: [], hooks: [], subscriptions: [], facts: {} }
}

export function emptyState(): State {
  return {
    clockOffsetMs: 0,
    serial: 0,
    settings: { rateLimits: true, refuseDuplicates: true, hideCommenters: false, refuseHumanAgents: false },
    faults: [],
    wordsFired: {},
    networks: {},
    scenes: [],
  }
}

/** Keeps the state in one JSON file, written a moment after a change and never half. Without a folder it keeps nothing. */
export class Disk {
  private timer: NodeJS.Timeout | undefined
  private lastWriteMs = 0

  constructor(private readonly dir: string | undefined) {
    if (dir) mkdirSync(dir, { recursive: true })
  }

  load(): State | undefined {
    if (!this.dir) return undefined
    try {
      // Written by this class alone, by rename: what is there is a whole State.
      return JSON.parse(readFileSync(join(this.dir, 'state.json'), 'utf8')) as State
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
      throw error
    }
  }

  /** `state` is asked for when it is written, not now. */
  save(state: () => State): void {
    if (!this.dir || this.timer) return
    // A large state is written less often: a tenth of the time at most.
    this.timer = setTimeout(() => this.flush(state()), Math.max(250, this.lastWriteMs * 10))
    this.timer.unref()
  }

  flush(state: State): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (!this.dir) return
    const startedAt = performance.now()
    const file = join(this.dir, 'state.json')
    writeFileSync(`${file}.new`, JSON.stringify(state))
    renameSync(`${file}.new`, file)
    this.lastWriteMs = performance.now() - startedAt
  }
}
