import { type World, accountById, addAccount } from './network'
import type { Account } from './state'

/** A person who only ever speaks: shown by name, never offered on a consent page. */
export function stranger(
  world: World,
  by: { readonly id: string; readonly handle: string; readonly name: string },
): Account {
  const known = accountById(world, by.id)
  if (known) return known
  const account = addAccount(world, { ...by, kind: 'person' })
  world.state.facts[`stranger:${by.id}`] = '1'
  return account
}

export const isStranger = (world: World, { id }: Account): boolean => world.state.facts[`stranger:${id}`] !== undefined

/** Those who have an account of their own to sign in with. */
export const residents = (world: World): readonly Account[] =>
  world.state.accounts.filter((account) => !isStranger(world, account))
