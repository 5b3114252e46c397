import type { DeveloperApp } from './network'

/** What reports are signed with, and what is shown in their handshakes: the same at every network. */
export const reports = { webhookSecret: 'sandbox-secret', webhookVerifyToken: 'sandbox-verify' } as const

/** An app with a client of its own. */
export const appWith = (clientId: string): DeveloperApp => ({ clientId, clientSecret: 'sandbox-secret', ...reports })
