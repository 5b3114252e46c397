import { type Call, type Reply, header } from '../core/call'
import type { World } from '../core/network'
import { unauthorized } from './problems'
import { botTokenPattern } from './server'

const botToken = (call: Call): string | undefined => /^Bot (.+)$/.exec(header(call, 'authorization') ?? '')?.[1]

export const isBotToken = (world: World, token: string): boolean =>
  botTokenPattern.test(token) && world.state.facts[`spent:${token}`] === undefined

/** Discord's refusal, unless the caller is the bot. */
export function asBot(world: World, call: Call): Reply | undefined {
  const token = botToken(call)
  return token !== undefined && isBotToken(world, token) ? undefined : unauthorized()
}

/** From now on the token, or the webhook's secret, is worth nothing: somebody reset it. */
export function expire(world: World, call: Call): void {
  const hookSecret = /^\/api(?:\/v10)?\/webhooks\/\d+\/([^/]+)/.exec(call.url.pathname)?.[1]
  const spent = hookSecret ?? botToken(call)
  if (spent !== undefined) world.state.facts[`spent:${spent}`] = '1'
}
