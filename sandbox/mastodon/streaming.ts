import { type Call, type Reply, type Route, json } from '../core/call'
import type { World } from '../core/network'
import { userOf } from './caller'

export type Lines = {
  readonly routes: readonly Route[]
  /** Tells an account that listens of something. Nobody keeps it for those who do not. */
  tell(accountId: string, event: 'update' | 'notification' | 'delete' | 'status.update', payload: unknown): void
}

/** Server-sent events, as `GET /api/v1/streaming/user` has them. */
export function openLines(world: World): Lines {
  const listening = new Map<string, Set<(text: string) => void>>()

  function listen(call: Call): Reply {
    const caller = userOf(world, call, 'read:statuses')
    if ('refusal' in caller) return caller.refusal
    const { id } = caller.account
    return {
      status: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'private, no-store' },
      body: ':)\n',
      feed(write) {
        const ears = listening.get(id) ?? new Set()
        listening.set(id, ears.add(write))
        return () => ears.delete(write)
      },
    }
  }

  return {
    routes: [
      { method: 'GET', path: '/api/v1/streaming/user', operation: 'read', handle: listen },
      {
        method: 'GET',
        path: '/api/v1/streaming/health',
        handle: () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'OK' }),
      },
      // Without a stream's name.
      { method: 'GET', path: '/api/v1/streaming', handle: () => json(404, { error: 'Not found' }) },
    ],
    tell(accountId, event, payload) {
      const data = typeof payload === 'string' ? payload : JSON.stringify(payload)
      for (const write of listening.get(accountId) ?? []) write(`event: ${event}\ndata: ${data}\n\n`)
    },
  }
}
