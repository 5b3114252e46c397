import { type Call, type Reply, json, param } from './call'
import { badParameter, noSuchObject, paramsOf } from './graph'
import type { World } from './network'
import type { Account } from './state'

const factOf = (id: string): string => `hidden:${id}`

/** Whether strangers do not see it. */
export const isHidden = (world: World, id: string): boolean => world.state.facts[factOf(id)] !== undefined

/** Hides what others said under a post of the account, or shows it again. `word` is what the network calls it. */
export function hide(world: World, call: Call, account: Account, word: string): Reply {
  const id = param(call, 'object')
  const said = world.posts.get(id)
  const root = world.posts.get(said?.rootId ?? '')
  if (!said || said.deletedAt !== undefined || root?.accountId !== account.id) return noSuchObject(id, 'post')
  const wish = String(paramsOf(call)[word])
  if (wish !== 'true' && wish !== 'false') return badParameter(`The parameter ${word} is required`)
  if (wish === 'true') world.state.facts[factOf(id)] = 'yes'
  else delete world.state.facts[factOf(id)]
  return json(200, { success: true })
}
