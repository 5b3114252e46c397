import { z } from 'zod'
import type { Person } from './platform'

export const Somebody = z.object({ id: z.string(), name: z.string().optional(), username: z.string().optional() })
export type Somebody = z.output<typeof Somebody>

/** Somebody, by what Meta tells of them. Whom it does not name has an empty name: nobody can be told apart by it. */
export const personOf = (from: Somebody | undefined, label: string): Person => {
  const name = from?.name ?? from?.username ?? `Somebody on ${label}`
  return {
    externalId: from?.id ?? '',
    handle: from?.username ?? name,
    displayName: name,
    ...(from && !from.name && !from.username ? { nameless: true } : {}),
  }
}

/** A profile as Meta shows it to whom its person wrote. Messenger gives first and last name, Instagram one and a handle. */
export const Profile = z.object({
  id: z.string(),
  name: z.string().optional(),
  first_name: z.string().optional(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  profile_pic: z.string().optional(),
})

/** Undefined where the profile says no name either. */
export function fromProfile({ id, name, first_name, last_name, username, profile_pic }: z.output<typeof Profile>) {
  const full = name ?? [first_name, last_name].filter(Boolean).join(' ')
  const displayName = full || username
  if (!displayName) return undefined
  const known: Person = {
    externalId: id,
    handle: username ?? displayName,
    displayName,
    ...(profile_pic ? { avatarUrl: profile_pic } : {}),
  }
  return known
}
