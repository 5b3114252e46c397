import { AsyncLocalStorage } from 'node:async_hooks'
import pino from 'pino'
import { setting } from './env'
import { redact } from './redact'

/** What every line says of where it came from. */
export type Trail = { requestId?: string; jobId?: string; job?: string; workspaceId?: string; actor?: string }

const trail = new AsyncLocalStorage<Trail>()

export const log = pino({
  level: setting('LOG_LEVEL', process.env),
  base: { service: process.env.POSTHORN_PROCESS ?? 'posthorn' },
  // An object goes in and its copy comes out; pino's type says so less exactly than ours.
  formatters: { log: (line) => redact(line) as Record<string, unknown> },
  mixin: () => ({ ...trail.getStore() }),
})

/** Runs `work` so that its log lines carry `more`. Nested calls add to the trail. */
export const withTrail = <T>(more: Trail, work: () => T): T => trail.run({ ...trail.getStore(), ...more }, work)

/** The id of the request or job under way; `none` outside of both. */
export const requestId = (): string => trail.getStore()?.requestId ?? trail.getStore()?.jobId ?? 'none'
