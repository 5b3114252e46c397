import type { Call } from './call'
import { armed } from './faults'
import { forget } from './forgotten'
import type { Network, OpenNetwork, World } from './network'
import { type Fate, type Handler, finder } from './serve'
import type { State } from './state'
import { type Window, Windows } from './windows'

const fifteenMinutesMs = 15 * 60_000

/** One network as a handler of requests: faults before, the network itself, faults after. */
export function runNetwork(q: {
  network: Network
  open: OpenNetwork
  world: World
  state: () => State
  windows: Windows
  save: () => void
}): Handler {
  const { network, open, world, windows } = q
  const find = finder(open.routes)
  return async (request) => {
    world.state.receivedBytes = (world.state.receivedBytes ?? 0) + request.raw.byteLength
    const found = find(request.method, request.url.pathname)
    if (request.isCut && !found?.route.keepsPart) return 'cut'
    const bare: Call = { ...request, params: found?.params ?? {}, faults: new Map() }
    if (!found) return open.notFound(bare)
    const { route } = found
    const accounts = open.accountsOf(bare)
    const operation = typeof route.operation === 'function' ? route.operation(bare) : route.operation
    const publishes = operation === 'publish' || operation === 'comment'
    const text = publishes ? open.textOf(bare) : undefined
    const faults = armed(q.state(), {
      network: network.name,
      operation,
      accounts,
      ...(text === undefined ? {} : { text }),
    })
    const call: Call = { ...bare, faults }

    const fate = await decide()
    if (request.method !== 'GET' || faults.size > 0) q.save()
    return fate

    async function decide(): Promise<Fate> {
      const drop = faults.get('drop_request')
      if (drop) {
        drop.consume()
        return 'cut'
      }
      const pause = faults.get('429_until')
      if (pause) {
        pause.consume()
        const limit = route.limit?.max ?? 100
        const window: Window = {
          limit,
          remaining: 0,
          resetAt: world.now() + pause.param * 1000,
          windowMs: route.limit?.windowMs ?? fifteenMinutesMs,
          over: true,
        }
        const reply = open.rateLimited(call, window, pause.explicit)
        return { ...reply, headers: { ...open.rateHeaders(window), ...reply.headers } }
      }
      const expire = faults.get('expired_token')
      if (expire) {
        expire.consume()
        const access = /^Bearer (.+)$/i.exec(String(call.headers.authorization ?? ''))?.[1]
        const token = access === undefined ? undefined : world.tokens.withAccess(access)
        if (token) token.expiresAt = world.now()
        open.expire?.(call)
      }
      const window =
        route.limit && world.settings.rateLimits
          ? windows.use(`${network.name}\n${open.countedOn?.(call) ?? accounts[0] ?? ''}`, route.limit, world.now())
          : undefined
      const headers = window ? open.rateHeaders(window) : {}
      if (window?.over) {
        const reply = open.rateLimited(call, window, false)
        return { ...reply, headers: { ...headers, ...reply.headers } }
      }
      const lapse = faults.get('forget_prepared')
      if (lapse) {
        lapse.consume()
        forget(world, { published: false })
      }
      const reply = await route.handle(call)
      // A refusal is no effect: the knob waits for a call that is accepted.
      const accepted = reply.status < 400 && !open.isRefusal?.(reply)
      for (const name of ['timeout_after_accept', 'reset_after_accept', '500_after_accept'] as const) {
        const fault = accepted ? faults.get(name) : undefined
        if (!fault) continue
        fault.consume()
        if (name === 'timeout_after_accept') return 'silence'
        if (name === 'reset_after_accept') return 'cut'
        return open.internalError(call)
      }
      return { ...reply, headers: { ...headers, ...reply.headers } }
    }
  }
}
