import type { Server } from 'node:http'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { createStandIn } from './ai'
import { type Running, adminRoutes } from './core/admin'
import { Blobs } from './core/blobs'
import { Hooks } from './core/hooks'
import type { Network, World } from './core/network'
import { Posts } from './core/posts'
import { runNetwork } from './core/run'
import { type Handler, finder, listen, noFaults } from './core/serve'
import { json } from './core/call'
import { Disk, type State, emptyNetworkState, emptyState } from './core/state'
import { Tokens } from './core/tokens'
import { Windows } from './core/windows'
import { networks } from './networks'
import { sceneRoutes } from './scenario/routes'
import { Scenes } from './scenario/scenes'

/** How often it is looked whether a scenario's next step is due (ms). */
const sceneTickMs = 200

export type Sandbox = {
  /** The admin server. */
  readonly url: string
  readonly networks: Readonly<Record<string, Pick<Network, 'apps' | 'hosts'> & { readonly url: string }>>
  /** Writes what is not yet written and stops listening. */
  close(): Promise<void>
}

/**
 * Starts all networks on 127.0.0.1: the admin server on `port`, each network on the port that
 * its own number is above it; with port 0 every port is free-chosen. Keeps everything in `dataDir` when there is one, else in memory.
 * Throws when a port is taken.
 */
export async function startSandbox(q: { port: number; dataDir?: string }): Promise<Sandbox> {
  const disk = new Disk(q.dataDir)
  const blobs = new Blobs(q.dataDir === undefined ? undefined : join(q.dataDir, 'blobs'))
  const windows = new Windows()
  const hooks = new Map(networks.map((n) => [n.name, new Hooks(now)]))
  const urls = new Map<string, string>()
  const running = new Map<string, Running>()
  const handlers = new Map<string, Handler>()
  /** Connections that are no longer HTTP: a server does not close them by itself. */
  const sockets = new Set<Duplex>()
  let state: State = { ...emptyState(), ...disk.load() }

  function now(): number {
    return Date.now() + state.clockOffsetMs
  }
  const save = () => disk.save(() => state)

  function build(): void {
    for (const network of networks) {
      const fresh = state.networks[network.name] === undefined
      const own = (state.networks[network.name] ??= emptyNetworkState())
      const world: World = {
        state: own,
        settings: state.settings,
        tokens: new Tokens(own),
        posts: new Posts(own.posts),
        blobs,
        hooks: hooks.get(network.name) ?? new Hooks(now),
        now,
        serial: () => (state.serial += 1),
        url: () => urls.get(network.name) ?? '',
      }
      if (fresh) network.seed(world)
      const open = network.open(world)
      running.set(network.name, { network, open, world })
      handlers.set(network.name, runNetwork({ network, open, world, state: () => state, windows, save }))
    }
  }

  function reset(): void {
    state = emptyState()
    blobs.clear()
    windows.clear()
    for (const hook of hooks.values()) hook.log.length = 0
    for (const socket of sockets) socket.destroy()
    build()
  }

  build()
  const scenes = new Scenes({ running, state: () => state, now, save })
  const ticking = setInterval(() => scenes.tick(), sceneTickMs)
  ticking.unref()
  const find = finder([
    ...sceneRoutes(scenes),
    ...adminRoutes({ running, state: () => state, scenes: () => scenes.list(), reset, save }),
  ])
  const standIn = createStandIn()
  const admin: Handler = async (request) => {
    if (request.url.pathname.startsWith('/ai/')) return standIn(request)
    const found = find(request.method, request.url.pathname)
    if (!found) return json(404, { message: 'The sandbox has no such page. See docs/sandbox.md.' })
    // A page on the internet, open in the same browser, must not turn the knobs.
    if (request.method !== 'GET' && request.headers['sec-fetch-site'] === 'cross-site')
      return json(403, { message: 'The knobs are for this computer only.' })
    return found.route.handle({ ...request, params: found.params, faults: noFaults })
  }

  const servers: Server[] = []
  const close = async () => {
    clearInterval(ticking)
    for (const hook of hooks.values()) hook.close()
    for (const socket of sockets) socket.destroy()
    await Promise.all(servers.map(stop))
    disk.flush(state)
  }
  try {
    const front = await listen(q.port, admin)
    servers.push(front.server)
    for (const network of networks) {
      // Looked up at each request: a reset replaces the handler.
      const handle: Handler = async (request) => {
        const handler = handlers.get(network.name)
        if (!handler) throw new Error(`${network.name} is not running`)
        return handler(request)
      }
      const { server, port } = await listen(q.port === 0 ? 0 : front.port + network.port, handle, {
        takesCut: true,
      })
      servers.push(server)
      server.on('upgrade', (request, socket, head) => {
        const upgrade = running.get(network.name)?.open.upgrade
        if (!upgrade) return void socket.destroy()
        sockets.add(socket)
        socket.once('close', () => sockets.delete(socket))
        return upgrade(request, socket, head)
      })
      urls.set(network.name, `http://127.0.0.1:${port}`)
    }
    return {
      url: `http://127.0.0.1:${front.port}`,
      networks: Object.fromEntries(
        networks.map(({ name, apps, hosts = [] }) => [name, { url: urls.get(name) ?? '', apps, hosts }]),
      ),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function stop(server: Server): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()))
  // Calls that were left without an answer on purpose would keep it open for ever.
  server.closeAllConnections()
  await stopped
}
