import { type Call, type Reply, param } from '../core/call'
import { type Caller, callerOf, noSuchObject } from '../core/graph'
import type { World } from '../core/network'

export const version = 'v1.0'

/** The profile that is named in the path, when it is the caller's own. */
export function own(world: World, call: Call, ...scopes: readonly string[]): Caller | { readonly refusal: Reply } {
  const caller = callerOf(world, call, 'threads_basic', ...scopes)
  if ('refusal' in caller) return caller
  const named = param(call, 'user')
  return named === 'me' || named === caller.account.id
    ? caller
    : { refusal: noSuchObject(named, call.method.toLowerCase()) }
}
