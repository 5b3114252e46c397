import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { World } from '../core/network'
import type { Post } from '../core/state'
import { newTid } from './records'

const collection = 'app.bsky.feed.post'

const listening = new WeakMap<World, Set<WebSocket>>()
const earsOf = (world: World): Set<WebSocket> => {
  const ears = listening.get(world) ?? new Set()
  listening.set(world, ears)
  return ears
}

const say = (socket: WebSocket, event: object) => socket.send(JSON.stringify(event))

function eventOf(world: World, post: Post, operation: 'create' | 'update' | 'delete', atMs: number) {
  return {
    did: post.accountId,
    time_us: atMs * 1_000,
    kind: 'commit',
    commit: {
      rev: newTid(world),
      operation,
      collection,
      rkey: post.key ?? '',
      ...(operation === 'delete' ? {} : { record: post.record, cid: post.cid }),
    },
  }
}

/** Tells everybody who listens, whomever it concerns: that is for them to find out. */
export function announce(world: World, post: Post, operation: 'create' | 'update' | 'delete'): void {
  for (const socket of earsOf(world)) say(socket, eventOf(world, post, operation, world.now()))
}

/** What was written and taken away since, as it was told then. */
function since(world: World, cursorUs: number): readonly object[] {
  return world.posts.all
    .filter(({ id }) => id.startsWith('at://'))
    .flatMap((post) => [
      { at: post.createdAt, event: eventOf(world, post, 'create', post.createdAt) },
      ...(post.deletedAt === undefined
        ? []
        : [{ at: post.deletedAt, event: eventOf(world, post, 'delete', post.deletedAt) }]),
    ])
    .filter(({ at }) => at * 1_000 > cursorUs)
    .toSorted((a, b) => a.at - b.at)
    .map(({ event }) => event)
}

/** Jetstream's `/subscribe`: commits of posts in JSON, from `cursor` (unix microseconds) on, or from now. */
export function openJetstream(world: World): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({ noServer: true })
  return (request, stream, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
    if (pathname !== '/subscribe') return void stream.destroy()
    const wanted = searchParams.getAll('wantedCollections')
    server.handleUpgrade(request, stream, head, (socket) => {
      if (wanted.length > 0 && !wanted.includes(collection)) return
      const cursor = searchParams.get('cursor')
      if (cursor !== null) for (const event of since(world, Number(cursor))) say(socket, event)
      earsOf(world).add(socket)
      socket.once('close', () => earsOf(world).delete(socket))
    })
  }
}
