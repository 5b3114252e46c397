import { type Call, type Reply, param } from '../core/call'
import { type Caller, callerOf, noSuchObject } from '../core/graph'
import type { World } from '../core/network'

/** The account that is named in the path, when it is the caller's own. */
export function own(world: World, call: Call, ...scopes: readonly string[]): Caller | { readonly refusal: Reply } {
  const caller = callerOf(world, call, ...scopes)
  if ('refusal' in caller) return caller
  const named = param(call, 'user')
  return named === 'me' || named === caller.account.id
    ? caller
    : { refusal: noSuchObject(named, call.method.toLowerCase()) }
}
