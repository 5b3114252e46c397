import type { Result } from '@/lib/core/result'
import type { AppConfig } from './connection'
import type { NetworkName } from './names'

/** An event a network told us by webhook. `raw` is the network's own JSON. */
export type WebhookEvent = {
  readonly externalId: string
  readonly type: string
  /** The network it is about, where a provider reports of several. */
  readonly network?: NetworkName
  /** The account's, or of whoever granted it. */
  readonly accountExternalId: string
  readonly raw: unknown
  /** Set when what was granted was taken back, at `at` (ISO): the account needs a person. `reason` is a sentence. */
  readonly withdrawn?: { readonly at: string; readonly reason: string }
  /** Set when the event proves that one of our own posts exists. */
  readonly published?: { readonly externalId: string; readonly url: string; readonly text: string; readonly at: string }
}

export type Webhook = {
  /** What reports are believed by: a secret that the network gave, the app's own, one of our choosing, or the network's public key. */
  readonly trust: 'webhook_secret' | 'app_secret' | 'own_secret' | 'public_key'
  /** The handshake asks for a word of ours: `webhookVerifyToken`. */
  readonly wantsWord?: true
  /** The answer to the network's handshake; undefined when the query is not one. */
  handshake(app: AppConfig, query: URLSearchParams): { readonly body: string; readonly contentType: string } | undefined
  /** The answer to a handshake that comes as a signed report (Discord's ping); undefined when the body is not one. */
  greet?(
    rawBody: Uint8Array,
  ): { readonly status: number; readonly body?: string; readonly contentType?: string } | undefined
  /** Checks the signature over the raw bytes, in constant time. `address`: where it was sent, which may say by whom. */
  verify(app: AppConfig, rawBody: Uint8Array, headers: Headers, address?: URL): boolean
  /** Fails when the body is not what the network documents. `address`: where it was sent, which may say of whom it is. */
  read(
    rawBody: Uint8Array,
    app?: AppConfig,
    address?: URL,
  ): Result<readonly WebhookEvent[], { readonly reason: string }>
}
