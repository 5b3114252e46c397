import type { Answer } from './answer'
import type { AppConfig, Credentials } from './connection'
import type { IncomingKind } from './incoming'
import type { Addressee } from './reply'

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
