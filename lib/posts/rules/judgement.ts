import type { QuotaLimit } from '@/lib/platforms/limits'
import type { JudgedAccount } from './rules'

/** What a page says of itself; null where it says nothing. `url` is where it was found, after redirects. */
export type LinkPreview = {
  readonly url: string
  readonly title: string | null
  readonly description: string | null
  readonly imageUrl: string | null
}

/** An account to write for, with what its network allows. */
export type TargetAccount = JudgedAccount & {
  readonly kind: string
  readonly handle: string
  readonly displayName: string
  readonly avatarUrl: string | null
  readonly projectId: string | null
  readonly hasSlots: boolean
  readonly needsReconnect: boolean
  /** Its network itself can say more: what stands against a post, or how much of a quota is used. */
  readonly isAskable: boolean
}

export type Problem = {
  /** Undefined when it concerns the post as a whole. */
  readonly accountId?: string
  readonly platform?: string
  readonly field:
    | 'text'
    | 'title'
    | 'link'
    | 'media'
    | 'thread'
    | 'firstComment'
    | 'poll'
    | 'options'
    | 'targets'
    | 'when'
    | 'alt'
  /** Which of the account's options it concerns. */
  readonly option?: string
  /** `refusal`: the network would refuse it, so it cannot be scheduled. `advice`: worth a look. */
  readonly severity: 'refusal' | 'advice'
  readonly message: string
  /** A picture that the network would take after these changes, in sentences without a full stop. */
  readonly fit?: { readonly mediaId: string; readonly changes: readonly string[] }
}

/** A moment from which posts are more than their network takes of an account, or of an app, in a period. */
export type Overrun = QuotaLimit & {
  /** How many there would be in the period up to and with `at`. */
  readonly count: number
  /** ISO instant. */
  readonly at: string
  /** True when the network told its own limit; otherwise its pages do. */
  readonly isLive: boolean
}

/** Something worth knowing before a post goes out, in a sentence. */
export type Foreseen = {
  readonly kind: 'cost' | 'quota' | 'duty' | 'version'
  /** Undefined when it concerns several accounts. */
  readonly accountId?: string
  readonly platform?: string
  /** The day on the workspace's clock that it concerns, `2026-11-26`; undefined when it is no one day. */
  readonly day?: string
  readonly message: string
}

/** What is known of a post before it is scheduled. */
export type PostCheck = {
  readonly problems: readonly Problem[]
  readonly foreseen: readonly Foreseen[]
  /** All accounts and all times together, in millionths of a US dollar. */
  readonly costMicros: number
  /** How often it goes out. `goesOn` when its series has no end: then the next 60 days are counted. */
  readonly times: number
  readonly goesOn: boolean
  /** Which slot each account would get as things stand, when it is to take the next free one; ISO instants. */
  readonly slots: readonly { readonly accountId: string; readonly at: string }[]
  /** What each network said against it when it was asked, or why it could not be asked. */
  readonly network: readonly {
    readonly accountId: string
    readonly objections: readonly string[]
    /** What it asks that only it can try: it stops nothing. */
    readonly untried: readonly string[]
    readonly unasked?: string
  }[]
}

/** What lies ahead in a period. */
export type Outlook = {
  readonly from: string
  readonly to: string
  readonly foreseen: readonly Foreseen[]
  readonly costMicros: number
}
