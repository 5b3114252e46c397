import { type Spoken, type World, accountByHandle } from '../core/network'
import type { Account } from '../core/state'
import { stranger } from '../core/strangers'

const usernameFact = ({ id }: Account): string => `username:${id}`

/** The username of somebody who shows no number, and whose handle is what the business may call them; undefined for all others. */
export const usernameOf = (world: World, who: Account): string | undefined => world.state.facts[usernameFact(who)]

/** What the business may call somebody: a country’s letters, a point, and letters and digits. */
export const isUserId = (name: string): boolean => /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z\d]{1,128}$/.test(name)

/** People here are their numbers: somebody's is made from their id. Who is called with an @ shows a username alone. */
export function callerOf(world: World, by: Spoken['by']): Account {
  if (by.handle.startsWith('@')) {
    const handle = `DE.${by.id}`
    const who = accountByHandle(world, handle) ?? stranger(world, { id: `wa-${handle}`, handle, name: by.name })
    world.state.facts[usernameFact(who)] = by.handle.slice(1)
    return who
  }
  const handle = /^\d{8,15}$/.test(by.handle) ? by.handle : `1555${by.id.slice(-7).padStart(7, '0')}`
  return accountByHandle(world, handle) ?? stranger(world, { id: `wa-${handle}`, handle, name: by.name })
}

/** Somebody, as reports show those that they are about. */
export function contactView(world: World, who: Account) {
  const username = usernameOf(world, who)
  return username === undefined
    ? { profile: { name: who.name }, wa_id: who.handle }
    : { profile: { name: who.name, username }, user_id: who.handle }
}
