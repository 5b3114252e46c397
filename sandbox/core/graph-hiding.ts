import { type Call, type Reply, json, param } from './call'
import { badParameter, noSuchObject, paramsOf } from './graph'
import { setHidden } from './hiding'
import type { World } from './network'
import type { Account, Post } from './state'

/** Hides what others said under a post of the account, or shows it again. `word` is what the network calls it. */
export function hide(
  world: World,
  call: Call,
  account: Account,
  word: string,
  tell?: (said: Post, hidden: boolean) => void,
): Reply {
  const id = param(call, 'object')
  const said = world.posts.get(id)
  const root = world.posts.get(said?.rootId ?? '')
  if (!said || said.deletedAt !== undefined || root?.accountId !== account.id) return noSuchObject(id, 'post')
  const wish = String(paramsOf(call)[word])
  if (wish !== 'true' && wish !== 'false') return badParameter(`The parameter ${word} is required`)
  setHidden(world, id, wish === 'true')
  tell?.(said, wish === 'true')
  return json(200, { success: true })
}
