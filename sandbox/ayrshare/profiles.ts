import { type Call, type Reply, bearer, header } from '../core/call'
import type { World } from '../core/network'
import type { Account } from '../core/state'
import { deadKey, noProfile } from './problems'

/** The networks that may be linked here, by Ayrshare's names for them. */
export type TheirName = 'twitter' | 'linkedin' | 'bluesky' | 'facebook' | 'instagram' | 'tiktok'

/** What one user profile has linked: an account of a network, at most one of each. */
export type Linked = { readonly profile: string; readonly platform: TheirName; readonly socialId: string }

/** Profiles by the key that stands for them; the primary one has none. */
const profiles: Readonly<Record<string, { readonly refId: string; readonly title: string }>> = {
  '': { refId: '140b8700bd6ade089b242d845e268fb886130c53', title: 'Primary Profile' },
  'SANDBOX-PROFILE-KEY-ROASTERY': { refId: '9abf1426d6ce9122ef11c72bd3a1c0c6a2b55e10', title: 'Roastery' },
}

export const profileKeys: readonly string[] = Object.keys(profiles)

export const refIdOf = (profile: string): string => profiles[profile]?.refId ?? ''

/** Any key of this form is the account's; one that an expiry struck is so no more. */
const keyForm = /^SANDBOX-AYRSHARE-KEY-\d{4}$/

export function link(world: World, account: Account, linked: Linked): void {
  world.state.accounts.push(account)
  world.state.facts[`linked:${account.id}`] = JSON.stringify(linked)
}

/** It is not linked any more; what it posted stays. */
export const unlink = (world: World, account: Account): void => void delete world.state.facts[`linked:${account.id}`]

export function linkedOf(world: World, account: Account): Linked | undefined {
  const fact = world.state.facts[`linked:${account.id}`]
  // Written by `link` alone.
  return fact === undefined ? undefined : (JSON.parse(fact) as Linked)
}

/** What a profile has linked, with what each is. */
export const linkedBy = (world: World, profile: string): readonly (Linked & { readonly account: Account })[] =>
  world.state.accounts.flatMap((account) => {
    const linked = linkedOf(world, account)
    return linked?.profile === profile ? [{ ...linked, account }] : []
  })

export type Caller = { readonly profile: string; readonly refId: string; readonly title: string }

export function callerOf(world: World, call: Call): Caller | { readonly refusal: Reply } {
  const key = bearer(call) ?? ''
  if (!keyForm.test(key) || world.state.facts[`dead:${key}`]) return { refusal: deadKey() }
  const profile = header(call, 'profile-key') ?? ''
  const known = profiles[profile]
  return known ? { profile, ...known } : { refusal: noProfile() }
}

export const expire = (world: World, call: Call): void => void (world.state.facts[`dead:${bearer(call) ?? ''}`] = '1')
